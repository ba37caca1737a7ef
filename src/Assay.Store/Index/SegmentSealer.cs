using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Assay;

/// <summary>Turns rows into a segment: sorted by start and id, each field with a column.</summary>
internal sealed class SegmentSealer(IReadOnlyList<AttemptRow> rows, string? experiment)
{
    private readonly AttemptRow[] _rows = Sorted(rows);

    /// <param name="isRepeated">Whether an id is known from elsewhere.</param>
    public MemorySegment Seal(Func<UInt128, bool> isRepeated)
    {
        var segment = new MemorySegment(_rows.Length, Columns()) { Experiment = experiment, Unended = _rows.Count(r => !r.HasEnd) };
        var ids = new HashSet<UInt128>(_rows.Length);
        for (int i = 0; i < _rows.Length; i++)
        {
            AttemptRow row = _rows[i];
            BinaryPrimitives.WriteUInt128BigEndian(segment.IdBytes.AsSpan(i * 16), row.Id);
            (segment.JournalNumbers[i], segment.AttemptNumbers[i], segment.StartTimes[i]) = (row.Journal, row.Attempt, row.StartedAt);
            (segment.Starts[i], segment.LengthsOfStarts[i]) = row.HasStart ? (row.Start.Offset, row.Start.Length) : (-1, 0);
            (segment.Ends[i], segment.LengthsOfEnds[i], segment.EndTimes[i]) = row.HasEnd ? (row.End.Offset, row.End.Length, row.End.Time) : (-1, 0, row.StartedAt);
            if (row.HasEnd) (segment.StatusCodes[i], segment.SpeakFlags[i]) = ((byte)row.End.Status, row.End.Speaks ? (byte)1 : (byte)0);
            if (!ids.Add(row.Id) || isRepeated(row.Id)) segment.RepeatFlags[i] = 1;
        }

        return segment;
    }

    private static AttemptRow[] Sorted(IReadOnlyList<AttemptRow> rows)
    {
        AttemptRow[] sorted = [.. rows];
        var order = new (long Time, UInt128 Id)[sorted.Length];
        for (int i = 0; i < sorted.Length; i++) order[i] = (sorted[i].StartedAt, sorted[i].Id);
        Array.Sort(order, sorted, Comparer<(long Time, UInt128 Id)>.Create((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Id.CompareTo(b.Id)));
        return sorted;
    }

    private FieldColumn[] Columns()
    {
        List<(FieldKey Key, Func<int, FieldValue> ValueOf)> fields =
        [
            (FieldKey.Experiment, Experiment),
            (FieldKey.Version, Start(c => c.Version)), (FieldKey.Code, Start(c => c.Code)), (FieldKey.Context, Start(c => c.Context)),
            (FieldKey.Index, Start(c => c.Index)), (FieldKey.Seed, Start(c => c.Seed)), (FieldKey.Replicate, Start(c => c.Replicate)),
            (FieldKey.Duration, End(c => c.Duration)), (FieldKey.Tags, new TagMerger(_rows).Merged),
            (FieldKey.ErrorKind, End(c => c.ErrorKind)), (FieldKey.ErrorType, End(c => c.ErrorType)), (FieldKey.ErrorMessage, End(c => c.ErrorMessage)),
            .. Named(_rows.Select(r => r.StartChunk), c => c.Params.Fields).Select(f => (f.Key, Start(f.Value))),
            .. Named(_rows.Select(r => r.StartChunk), c => c.Labels).Select(f => (f.Key, Start(f.Value))),
            .. Named(_rows.Select(r => r.EndChunk), c => c.Metrics).Select(f => (f.Key, End(f.Value))),
        ];
        var columns = new FieldColumn?[fields.Count];
        Parallel.For(0, columns.Length, i => columns[i] = new ColumnGatherer(fields[i].Key, _rows.Length, fields[i].ValueOf).Gather());
        return [.. columns.OfType<FieldColumn>()];
    }

    private FieldValue Experiment(int row)
    {
        AttemptRow attempt = _rows[row];
        var start = new FieldValue(attempt.StartChunk?.StartExperiment, attempt.StartRow);
        bool isEmpty = start.Kind == CellKind.Absent || (start.Kind == CellKind.Text && start.Text.IsEmpty);
        return isEmpty && attempt.HasEnd ? new FieldValue(attempt.EndChunk!.EndExperiment, attempt.EndRow) : start;
    }

    private static Dictionary<FieldKey, Func<LineChunk, FieldBuffer?>> Named(IEnumerable<LineChunk?> chunks, Func<LineChunk, FieldSet> set)
    {
        var fields = new OrderedDictionary<FieldKey, ConcurrentDictionary<LineChunk, FieldBuffer>>();
        LineChunk? last = null;
        var seen = new HashSet<LineChunk>();
        foreach (LineChunk? chunk in chunks)
        {
            if (chunk is null || chunk == last || !seen.Add(last = chunk)) continue;
            foreach (FieldBuffer field in set(chunk).Fields)
            {
                if (!fields.TryGetValue(field.Key, out ConcurrentDictionary<LineChunk, FieldBuffer>? buffers)) fields.Add(field.Key, buffers = []);
                buffers[chunk] = field;
            }
        }

        return fields.ToDictionary(f => f.Key, f => (Func<LineChunk, FieldBuffer?>)(c => f.Value.GetValueOrDefault(c)));
    }

    private Func<int, FieldValue> Start(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.StartChunk, r.StartRow));

    private Func<int, FieldValue> End(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.EndChunk, r.EndRow));

    // Neighbours mostly come from one chunk. A column is gathered by one thread.
    private Func<int, FieldValue> Of(Func<LineChunk, FieldBuffer?> field, Func<AttemptRow, (LineChunk? Chunk, int Row)> place)
    {
        LineChunk? last = null;
        FieldBuffer? buffer = null;
        return i =>
        {
            (LineChunk? chunk, int row) = place(_rows[i]);
            if (chunk is null) return default;
            if (chunk != last) (last, buffer) = (chunk, field(chunk));
            return new FieldValue(buffer, row);
        };
    }
}
