using Assay.Tables.Arrow;

namespace Assay;

/// <summary>The columns that every segment on disk has, in their order, and the names of the others.</summary>
internal static class SegmentSchema
{
    public const int RunId = 0, Status = 1, Attempt = 2, StartedAt = 3, EndedAt = 4, Journal = 5, StartOffset = 6, StartLength = 7, EndOffset = 8, EndLength = 9, Speaks = 10, Repeated = 11;

    /// <summary>How many columns every segment has.</summary>
    public const int Count = 12;

    private static readonly string?[] Statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];

    /// <summary>Times as Arrow has them reach from 1677 to 2262; others have no place in a segment on disk.</summary>
    public static bool HasPlaceFor(long ticks) => ticks is > 529_270_000_000_000_000 and < 713_560_000_000_000_000;

    public static long Nanoseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) * 100;

    public static long Ticks(long nanoseconds) => (nanoseconds / 100) + DateTime.UnixEpoch.Ticks;

    public static IEnumerable<RawColumn> Columns(MemorySegment segment)
    {
        yield return RawColumn.OfBytes("run_id", segment.IdBytes, 16);
        yield return RawColumn.OfCodes<byte>("status", segment.StatusCodes, Statuses);
        yield return RawColumn.Of<int>("attempt", segment.AttemptNumbers);
        yield return Times("started_at", segment.StartTimes);
        yield return Times("ended_at", segment.EndTimes);
        yield return RawColumn.Of<int>("journal", segment.JournalNumbers);
        yield return RawColumn.Of<long>("start_offset", segment.Starts);
        yield return RawColumn.Of<int>("start_length", segment.LengthsOfStarts);
        yield return RawColumn.Of<long>("end_offset", segment.Ends);
        yield return RawColumn.Of<int>("end_length", segment.LengthsOfEnds);
        yield return RawColumn.Of<byte>("speaks", segment.SpeakFlags);
        yield return RawColumn.Of<byte>("repeated", segment.RepeatFlags);
        var taken = new HashSet<string>(["run_id", "status", "attempt", "started_at", "ended_at", "journal", "start_offset", "start_length", "end_offset", "end_length", "speaks", "repeated"], StringComparer.Ordinal);
        foreach (FieldColumn column in segment.Columns) yield return Column(column, Name(column.Key, taken));
    }

    // For other programs; the index itself goes by the places of columns.
    private static string Name(FieldKey key, HashSet<string> taken)
    {
        string name = key.Place switch { FieldPlace.Param => "param_" + key.Name, FieldPlace.Label => "label_" + key.Name, _ => key.Name };
        while (!taken.Add(name)) name = "metric_" + name;
        return name;
    }

    private static RawColumn Column(FieldColumn column, string name)
    {
        Tables.Validity? valid = column.Valid is null ? null : Tables.Validity.From([.. column.Valid], column.Rows);
        return column.Form switch
        {
            ColumnForm.Integer => RawColumn.Of(name, column.Integers, valid),
            ColumnForm.Real => RawColumn.Of(name, column.Reals, valid),
            ColumnForm.Boolean => RawColumn.OfBooleans(name, column.Booleans.Span, valid),
            _ => RawColumn.OfCodes(name, column.Codes, column.Texts.Places, column.Texts.Bytes, valid),
        };
    }

    private static RawColumn Times(string name, long[] ticks)
    {
        long[] times = Array.ConvertAll(ticks, Nanoseconds);
        const long NanosecondsPerSecond = 1_000_000_000;
        return new RawColumn(
            new ArrowField(name, ArrowType.Timestamp(NanosecondsPerSecond, "UTC")), OutgoingArray.Fixed(new Tables.Arrow.MemoryValues<long>(times), 0, times.Length, null));
    }
}
