using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>Writes Arrow files and streams, batch by batch.</summary>
internal sealed class ArrowTableWriter(ArrowOptions options, bool isFile) : ITableWriter
{
    // The library counts the bytes of a batch with 32 bits.
    private const long LargestBatch = 1 << 30;

    private static readonly Dictionary<string, string> Metadata = new() { ["assay"] = "0.1.0" };

    private readonly int _batchSize = (options ?? throw new ArgumentNullException(nameof(options))).BatchSize is > 0 and var size
        ? size
        : throw new ArgumentOutOfRangeException(nameof(options), options.BatchSize, "A batch has at least 1 row.");

    public void Write(Table table, Stream stream)
    {
        ArrowColumnWriter[] columns = [.. table.Columns.Select(column => new ArrowColumnWriter(column))];
        var schema = new Schema(columns.Select(column => column.Field), Metadata);
        var target = new WriteOnlyStream(stream);
        using ArrowStreamWriter writer = isFile
            ? new ArrowFileWriter(target, schema, leaveOpen: true)
            : new ArrowStreamWriter(target, schema, leaveOpen: true);
        // A table without rows has a batch too: some readers look there for its columns.
        int start = 0;
        do
        {
            int count = (int)Math.Min(_batchSize, table.RowCount - start);
            foreach (ArrowColumnWriter column in columns) count = column.Fitting(start, count, LargestBatch / columns.Length);
            writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => column.Batch(start, count)), count));
            start += count;
        }
        while (start < table.RowCount);
        writer.WriteEnd();
    }
}

/// <summary>A column of a table on its way to an Arrow file: its field, and its values for a range of rows.</summary>
internal sealed class ArrowColumnWriter
{
    private const int BytesPerChar = 3;

    private readonly Column _column;
    private readonly long[]? _times;
    private readonly TextCodes? _codes;
    private readonly ArrayData? _entries;

    public ArrowColumnWriter(Column column)
    {
        _column = column;
        string? note = column.Type == ColumnType.Json ? ArrowContent.JsonType : null;
        IArrowType type = Type(column.Type);
        if (column.Type is ColumnType.Timestamp or ColumnType.Duration)
        {
            _times = TimeUnits.Ticks(column);
            long units = TimeUnits.Scale(_times);
            if (units == TimeUnits.OfTicks) note = TimeUnits.NoteOf(column.Type, units);
            else type = TimeType(column.Type, units == TimeUnits.Micros ? TimeUnit.Microsecond : TimeUnit.Nanosecond);
        }

        if (type is StringType && TextNumbering.Of(column) is { } codes)
        {
            _codes = codes;
            _entries = Texts(codes.Entries, validity: null);
            type = new DictionaryType(Int32Type.Default, StringType.Default, ordered: false);
        }

        // Not the extension type arrow.json, which is read: a reader that does not know it should ignore it, but some builds of Polars
        // crash.
        Dictionary<string, string>? metadata = note is null ? null : new() { [ArrowContent.TypeKey] = note };
        Field = new Field(column.Name, type, nullable: true, metadata);
    }

    public Field Field { get; }

    /// <summary>How many of the rows have no more bytes than there is room for; at least 1.</summary>
    public int Fitting(int start, int count, long room)
    {
        if (!IsText) return (int)Math.Min(count, Math.Max(1, room / sizeof(long)));
        ReadOnlySpan<string?> texts = _column.AsStrings().Slice(start, count);
        int fitting = 0;
        while (fitting < count && (room -= sizeof(int) + ((long)BytesPerChar * (texts[fitting]?.Length ?? 0))) >= 0) fitting++;
        return Math.Max(fitting, Math.Min(count, 1));
    }

    public IArrowArray Batch(int start, int count)
    {
        Validity? validity = Validity.Slice(_column.Validity, start, count);
        return ArrowArrayFactory.BuildArray(_column.Type switch
        {
            ColumnType.Boolean => Data(validity, count, Bits(_column.AsBooleans().Slice(start, count))),
            ColumnType.Int64 => Data(validity, count, Buffer(_column.AsInt64s().Slice(start, count))),
            ColumnType.Double => Data(validity, count, Buffer(_column.AsDoubles().Slice(start, count))),
            ColumnType.Timestamp or ColumnType.Duration => Data(validity, count, Buffer<long>(_times.AsSpan(start, count))),
            _ when _codes is { } codes => Data(validity, count, Buffer(codes.Codes.Span.Slice(start, count))),
            _ => Texts(_column.AsStrings().Slice(start, count), validity),
        });
    }

    private bool IsText => _column.Type is ColumnType.String or ColumnType.Json && _codes is null;

    private static IArrowType Type(ColumnType type) => type switch
    {
        ColumnType.Boolean => BooleanType.Default,
        ColumnType.Double => DoubleType.Default,
        ColumnType.String or ColumnType.Json => StringType.Default,
        _ => Int64Type.Default,
    };

    private static IArrowType TimeType(ColumnType type, TimeUnit unit) =>
        type == ColumnType.Timestamp ? new TimestampType(unit, "UTC") : DurationType.FromTimeUnit(unit);

    private ArrayData Data(Validity? validity, int count, ArrowBuffer values) =>
        new(Field.DataType, count, validity?.NullCount ?? 0, 0, [Bitmap(validity), values], children: null, _entries);

    private static ArrayData Texts(ReadOnlySpan<string?> texts, Validity? validity)
    {
        var offsets = new int[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
            offsets[i + 1] = checked(offsets[i] + (texts[i] is { } text ? Encoding.UTF8.GetByteCount(text) : 0));
        var bytes = new byte[offsets[^1]];
        for (int i = 0; i < texts.Length; i++)
            if (texts[i] is { } text) Encoding.UTF8.GetBytes(text, bytes.AsSpan(offsets[i]));
        return new ArrayData(
            StringType.Default, texts.Length, validity?.NullCount
                ?? 0, 0, [Bitmap(validity), Buffer<int>(offsets), new ArrowBuffer(bytes)], children: null);
    }

    private static ArrowBuffer Bitmap(Validity? validity) => validity is null ? ArrowBuffer.Empty : Buffer(validity.Words);

    private static ArrowBuffer Buffer<T>(ReadOnlySpan<T> values) where T : unmanaged => new(MemoryMarshal.AsBytes(values).ToArray());

    private static ArrowBuffer Bits(ReadOnlySpan<bool> values)
    {
        var bits = new byte[(values.Length + 7) / 8];
        for (int i = 0; i < values.Length; i++)
            if (values[i]) bits[i >> 3] |= (byte)(1 << (i & 7));
        return new ArrowBuffer(bits);
    }
}

/// <summary>Numbers the different texts of a column where that pays: where at most every second text is one not seen before.</summary>
internal static class TextNumbering
{
    /// <summary>Rows seen before a dictionary is given up as useless.</summary>
    private const int Trial = 4096;
    private const int Largest = 1 << 16;

    /// <summary>The numbers, or null where they would not pay.</summary>
    public static TextCodes? Of(Column column)
    {
        int present = column.Count - column.NullCount;
        if (column is IDictionaryCodes { Codes: var codes } && codes.Entries.Length <= present / 2) return Defined(codes);
        ReadOnlySpan<string?> texts = column.AsStrings();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new int[texts.Length];
        int seen = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text) continue;
            if (!known.TryGetValue(text, out int number))
            {
                if (known.Count == Largest || (seen >= Trial && known.Count > seen / 2)) return null;
                known.Add(text, number = known.Count);
            }

            numbers[i] = number;
            seen++;
        }

        return seen > 0 && known.Count <= seen / 2 ? new TextCodes(numbers, [.. known.Keys], column.Validity) : null;
    }

    // Other readers may look at the number at a null.
    private static TextCodes Defined(TextCodes codes)
    {
        if (codes.Validity is null) return codes;
        int[] numbers = codes.Codes.ToArray();
        Numbers.ClearNulls<int>(numbers, codes.Validity);
        return codes with { Codes = numbers };
    }
}
