using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay;

/// <summary>A column of a segment as Arrow has it.</summary>
internal readonly record struct SegmentColumn(string Name, ArrayData Data);

/// <summary>The columns that every segment on disk has, in their order, and the names of the others.</summary>
internal static class SegmentSchema
{
    public const int RunId =
        0, Status =
            1, Attempt =
                2, StartedAt =
                    3, EndedAt = 4, Journal = 5, StartOffset = 6, StartLength = 7, EndOffset = 8, EndLength = 9, Speaks = 10, Repeated = 11;

    /// <summary>How many columns every segment has.</summary>
    public const int Count = 12;

    /// <summary>Times as Arrow has them reach from 1677 to 2262; others have no place in a segment on disk.</summary>
    public static bool HasPlaceFor(long ticks) => ticks is > 529_270_000_000_000_000 and < 713_560_000_000_000_000;

    public static long Nanoseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) * 100;

    public static long Ticks(long nanoseconds) => (nanoseconds / 100) + DateTime.UnixEpoch.Ticks;

    public static IEnumerable<SegmentColumn> Columns(MemorySegment segment)
    {
        SegmentColumn[] fixedColumns =
        [
            Numbers<byte>("run_id", new FixedSizeBinaryType(16), segment.IdBytes, segment.Rows),
            Codes<byte>("status", UInt8Type.Default, segment.StatusCodes, StatusTexts()),
            Numbers<int>("attempt", Int32Type.Default, segment.AttemptNumbers),
            Times("started_at", segment.StartTimes),
            Times("ended_at", segment.EndTimes),
            Numbers<int>("journal", Int32Type.Default, segment.JournalNumbers),
            Numbers<long>("start_offset", Int64Type.Default, segment.Starts),
            Numbers<int>("start_length", Int32Type.Default, segment.LengthsOfStarts),
            Numbers<long>("end_offset", Int64Type.Default, segment.Ends),
            Numbers<int>("end_length", Int32Type.Default, segment.LengthsOfEnds),
            Numbers<byte>("speaks", UInt8Type.Default, segment.SpeakFlags),
            Numbers<byte>("repeated", UInt8Type.Default, segment.RepeatFlags),
        ];
        var taken = new HashSet<string>(fixedColumns.Select(column => column.Name), StringComparer.Ordinal);
        return [.. fixedColumns, .. segment.Columns.Select(column => Column(column, Name(column.Key, taken)))];
    }

    // For other programs; the index itself goes by the places of columns.
    private static string Name(FieldKey key, HashSet<string> taken)
    {
        string name = key.Place switch { FieldPlace.Param => "param_" + key.Name, FieldPlace.Label => "label_" + key.Name, _ => key.Name };
        while (!taken.Add(name)) name = "metric_" + name;
        return name;
    }

    private static SegmentColumn Column(FieldColumn column, string name) => column.Form switch
    {
        ColumnForm.Integer => Numbers(name, Int64Type.Default, column.Integers.Span, column.Rows, column.Valid),
        ColumnForm.Real => Numbers(name, DoubleType.Default, column.Reals.Span, column.Rows, column.Valid),
        ColumnForm.Boolean => Numbers<byte>(name, BooleanType.Default, Bits(column.Booleans.Span), column.Rows, column.Valid),
        _ => Codes(name, Int32Type.Default, column.Codes.Span, Texts(column.Texts.Places.Span, column.Texts.Bytes), column.Valid),
    };

    private static SegmentColumn Times(string name, long[] ticks) =>
        Numbers<long>(name, new TimestampType(TimeUnit.Nanosecond, "UTC"), System.Array.ConvertAll(ticks, Nanoseconds));

    private static SegmentColumn Numbers<T>(string name, IArrowType type, ReadOnlySpan<T> values) where T : unmanaged =>
        Numbers(name, type, values, values.Length);

    private static SegmentColumn Numbers<T>(
        string name, IArrowType type, ReadOnlySpan<T> values, int rows, ulong[]? valid = null, ArrayData? entries = null) where T : unmanaged
    {
        int nulls = valid is null ? 0 : rows - valid.Sum(BitOperations.PopCount);
        ArrowBuffer bitmap = valid is null ? ArrowBuffer.Empty : Buffer<ulong>(valid);
        return new(name, new ArrayData(type, rows, nulls, 0, [bitmap, Buffer(values)], children: null, entries));
    }

    private static SegmentColumn Codes<T>(string name, IArrowType index, ReadOnlySpan<T> codes, ArrayData entries, ulong[]? valid = null)
        where T : unmanaged =>
        Numbers(name, new DictionaryType(index, StringType.Default, ordered: false), codes, codes.Length, valid, entries);

    /// <summary>Texts that stand in UTF-8 one behind the other.</summary>
    private static ArrayData Texts(ReadOnlySpan<int> places, ReadOnlyMemory<byte> utf8) =>
        new(StringType.Default, places.Length - 1, 0, 0, [ArrowBuffer.Empty, Buffer(places), new ArrowBuffer(utf8)], children: null);

    private static ArrayData StatusTexts()
    {
        byte[][] texts = [.. Enum.GetValues<RunStatus>().Select(status => Encoding.UTF8.GetBytes(RunStatusText.Text(status)))];
        int[] places = [0, .. texts.Select((_, i) => texts.Take(i + 1).Sum(text => text.Length))];
        return Texts(places, texts.SelectMany(text => text).ToArray());
    }

    private static ArrowBuffer Buffer<T>(ReadOnlySpan<T> values) where T : unmanaged => new(MemoryMarshal.AsBytes(values).ToArray());

    private static byte[] Bits(ReadOnlySpan<bool> values)
    {
        var bits = new byte[(values.Length + 7) / 8];
        for (int i = 0; i < values.Length; i++)
            if (values[i]) bits[i >> 3] |= (byte)(1 << (i & 7));
        return bits;
    }
}
