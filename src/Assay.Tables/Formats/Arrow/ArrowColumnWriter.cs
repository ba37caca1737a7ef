using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

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
