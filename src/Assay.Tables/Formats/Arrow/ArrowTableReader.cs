using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>
/// Reads Arrow files and streams: every type but unions, intervals, run-end encoding and list views; dictionaries that grow or are
/// replaced; buffers as they are or packed with LZ4 or zstd. Dates and times of day become timestamps and durations, decimals become
/// doubles where no digit is lost, bytes become text, lists and structs become JSON.
/// </summary>
internal sealed class ArrowTableReader(bool isFile) : ITableReader
{
    // With fewer rows, threads would take longer to start.
    private const int FewRows = 10_000;

    public Table Read(Stream stream)
    {
        ArrowContent content = ArrowContent.Read(Content.ReadAll(stream), isFile);
        return ToTable(content, ArrowDecoder.Decode, inParallel: content.RowCount > FewRows);
    }

    /// <summary>
    /// A table over a mapped file. Whole and floating-point numbers of 64 bits stay where they are when they lie in one batch; everything
    /// else is copied when it is first asked for, except what must be seen to know the type of its column.
    /// </summary>
    public static Table Map(MappedFile file) => ToTable(ArrowContent.Read(file.Memory, isFile: true), Mapped, inParallel: false);

    private static Table ToTable(ArrowContent content, Func<ArrowParts, Column> read, bool inParallel)
    {
        var names = new UniqueNames();
        string[] unique = [.. content.Schema.FieldsList.Select((field, i) => names.Add(field.Name, i))];
        var columns = new Column[unique.Length];
        if (inParallel) RowBlocks.Each(columns.Length, Read);
        else for (int i = 0; i < columns.Length; i++) Read(i);
        return new Table(columns, content.RowCount);

        void Read(int i) => columns[i] = Checked(unique[i], () =>
        {
            Field field = content.Schema.FieldsList[i];
            ArrayData[] arrays = [.. content.Batches.Select(batch => batch.Column(i).Data)];
            for (int batch = 0; batch < arrays.Length; batch++)
            {
                int rows = content.Batches[batch].Length, values = arrays[batch].Length;
                if (values != rows) throw new InvalidDataException($"it has {values} values for {rows} rows of batch {batch}");
            }

            return read(new ArrowParts(field, field.DataType, arrays));
        }).Rename(unique[i]);
    }

    /// <summary>The library does not check the values of a column; faults among them show when they are decoded.</summary>
    private static T Checked<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (TableException or ObjectDisposedException))
        {
            string problem = $"Column '{name}' cannot be read ({fault.Message})";
            throw new TableException($"{problem}; the file is damaged, or written in a form that is not supported.", fault);
        }
    }

    private static Column Mapped(ArrowParts parts)
    {
        if (parts.IsJson || parts.Arrays.Count == 0 || TimeUnits.TryNote(parts.Note, out _, out _) && parts.Type is not Int64Type)
            return ArrowDecoder.Decode(parts);
        if (ArrowDictionary.IsOneDictionaryOfTexts(parts))
        {
            Lazy<TextCodes> codes = new(() => Checked(parts.Name, () => ArrowDictionary.Codes(parts, ArrowDictionary.Entries(parts))));
            return new DictionaryColumn(parts.Name, ColumnType.String, parts.Count, codes);
        }

        return parts.Type switch
        {
            Int64Type when parts.Note is null => Lazily<long>(ColumnType.Int64, () => InPlace<long>(parts, ColumnType.Int64)),
            DoubleType => Lazily<double>(ColumnType.Double, () => InPlace<double>(parts, ColumnType.Double)),
            UInt64Type => ArrowDecoder.Decode(parts),
            IntegerType when parts.Note is null => Lazily<long>(ColumnType.Int64, () => ArrowDecoder.Decode(parts)),
            FloatingPointType => Lazily<double>(ColumnType.Double, () => ArrowDecoder.Decode(parts)),
            BooleanType => Lazily<bool>(ColumnType.Boolean, () => ArrowDecoder.Decode(parts)),
            TimestampType or DateType => Lazily<DateTimeOffset>(ColumnType.Timestamp, () => ArrowDecoder.Decode(parts)),
            TimeBasedType => Lazily<TimeSpan>(ColumnType.Duration, () => ArrowDecoder.Decode(parts)),
            StringType or LargeStringType or StringViewType => Lazily<string?>(ColumnType.String, () => ArrowDecoder.Decode(parts)),
            _ => ArrowDecoder.Decode(parts),
        };

        LazyColumn<T> Lazily<T>(ColumnType type, Func<Column> values) =>
            new(parts.Name, type, parts.Count, new Lazy<Column>(() => Checked(parts.Name, values)));
    }

    /// <summary>Values where they lie, unless what lies under the nulls is not what a column promises there.</summary>
    private static Column InPlace<T>(ArrowParts parts, ColumnType type) where T : unmanaged =>
        parts.InPlace<T>() is { } values && Numbers.IsAbsentWhereNull(values.Span, parts.Validity)
            ? new TypedColumn<T>(parts.Name, type, values, parts.Validity)
            : ArrowDecoder.Decode(parts);
}
