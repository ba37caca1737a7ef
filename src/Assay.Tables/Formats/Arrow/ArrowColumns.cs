using System.Runtime.ExceptionServices;

namespace Assay.Tables.Arrow;

/// <summary>The columns of a file as a table: copied at once, or taken from a mapped file as they are needed.</summary>
internal static class ArrowColumns
{
    // Of these, threads would take longer to start.
    private const int FewRows = 10_000;

    public static Table Read(ArrowFile file) => ToTable(file, ArrayDecoder.Decode, inParallel: file.RowCount > FewRows);

    /// <summary>
    /// A table over a mapped file. Whole and floating-point numbers of 64 bits stay where they are when they lie in one batch; everything
    /// else is copied when it is first asked for, except what must be seen to know the type of its column.
    /// </summary>
    public static Table Map(ArrowFile file) => ToTable(file, Mapped, inParallel: false);

    private static Table ToTable(ArrowFile file, Func<ArrowField, IReadOnlyList<ArrowArray>, int, Column> read, bool inParallel)
    {
        var names = new UniqueNames();
        IReadOnlyList<ArrowField> fields = file.Schema.Fields;
        string[] unique = [.. fields.Select((field, i) => names.Add(field.Name, i))];
        var columns = new Column[fields.Count];
        if (!inParallel) for (int i = 0; i < columns.Length; i++) Read(i);
        else Each(columns.Length, Read);
        return new Table(columns, file.RowCount);

        void Read(int i) => columns[i] = read(fields[i], [.. file.Batches.Select(batch => batch.Columns[i])], file.RowCount).Rename(unique[i]);
    }

    private static void Each(int count, Action<int> read)
    {
        try
        {
            Parallel.For(0, count, read);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    private static Column Mapped(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        if (field.IsJson || parts.Count == 0) return ArrayDecoder.Decode(field, parts, count);
        // Decoding a dictionary-encoded field is lazy already.
        if (field.Dictionary is not null && !(field.Type.IsBytes && parts.All(part => part.Dictionary == parts[0].Dictionary))) return ArrayDecoder.Decode(field, parts, count);
        if (field.Dictionary is not null) return new DictionaryColumn(field.Name, ColumnType.String, count, new(() => DictionaryArrays.Codes(field, parts, count, inPlace: true)));
        return (field.Type.Kind, field.Type.Width) switch
        {
            (ArrowKind.Int, 64) when field.Type.IsSigned && parts.Count == 1 => Lazily<long>(ColumnType.Int64, () => InPlace<long>(field, ColumnType.Int64, parts[0])),
            (ArrowKind.Float, 64) when parts.Count == 1 => Lazily<double>(ColumnType.Double, () => InPlace<double>(field, ColumnType.Double, parts[0])),
            (ArrowKind.Int, 64) when !field.Type.IsSigned => Decoded(),
            (ArrowKind.Int, _) => Lazily<long>(ColumnType.Int64, Decoded),
            (ArrowKind.Float, _) => Lazily<double>(ColumnType.Double, Decoded),
            (ArrowKind.Bool, _) => Lazily<bool>(ColumnType.Boolean, Decoded),
            (ArrowKind.Timestamp or ArrowKind.Date, _) => Lazily<DateTimeOffset>(ColumnType.Timestamp, Decoded),
            (ArrowKind.Duration or ArrowKind.Time, _) => Lazily<TimeSpan>(ColumnType.Duration, Decoded),
            _ when field.Type.IsBytes => Lazily<string?>(ColumnType.String, Decoded),
            _ => Decoded(),
        };

        Column Decoded() => ArrayDecoder.Decode(field, parts, count);

        LazyColumn<T> Lazily<T>(ColumnType type, Func<Column> values) => new(field.Name, type, count, new Lazy<Column>(values));
    }

    /// <summary>Values where they lie, unless what lies under the nulls is not what a column promises there.</summary>
    private static Column InPlace<T>(ArrowField field, ColumnType type, ArrowArray array) where T : unmanaged
    {
        ReadOnlyMemory<T> values = array.Memory<T>();
        return IsAbsentWhereNull(values.Span, array.Validity)
            ? new TypedColumn<T>(field.Name, type, values, array.Validity)
            : ArrayDecoder.Decode(field, [array], array.Length);
    }

    private static bool IsAbsentWhereNull<T>(ReadOnlySpan<T> values, Validity? validity)
    {
        if (validity is null) return true;
        T absent = Numbers.Absent<T>();
        for (int i = 0; i < values.Length; i++)
            if (!validity[i] && !EqualityComparer<T>.Default.Equals(values[i], absent)) return false;
        return true;
    }
}
