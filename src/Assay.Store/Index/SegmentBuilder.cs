using System.Buffers.Binary;
using System.Text.Json;

namespace Assay;

/// <summary>Turns attempts into a segment: sorted by start and id, with a column for each field.</summary>
internal sealed class SegmentBuilder
{
    private readonly AttemptRow[] _rows;
    private readonly FieldBuffer _tags = new(FieldKey.Tags);
    private readonly Dictionary<(FieldValue? Start, FieldValue? End, bool HasEnded), int> _knownTags = [];

    private SegmentBuilder(IReadOnlyList<AttemptRow> rows)
    {
        _rows = [.. rows];
        (long Time, UInt128 Id)[] order = Array.ConvertAll(_rows, row => (row.StartedAt, row.Id));
        Array.Sort(order, _rows, Comparer<(long Time, UInt128 Id)>.Create(
            (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Id.CompareTo(b.Id)));
    }

    /// <param name="rows">The attempts.</param>
    /// <param name="experiment">The experiment that their journals name in their first lines; null where they name none.</param>
    /// <param name="isRepeated">Whether an id is in another segment.</param>
    public static RunSegment Build(IReadOnlyList<AttemptRow> rows, string? experiment, Func<UInt128, bool> isRepeated) =>
        new SegmentBuilder(rows).Build(experiment, isRepeated);

    private RunSegment Build(string? experiment, Func<UInt128, bool> isRepeated)
    {
        int count = _rows.Length;
        byte[] ids = new byte[count * 16], statuses = new byte[count], conclusive = new byte[count], repeated = new byte[count];
        int[] attempts = new int[count], journals = new int[count], startLengths = new int[count], endLengths = new int[count];
        long[] startedAt = new long[count], endedAt = new long[count], starts = new long[count], ends = new long[count];
        var known = new HashSet<UInt128>(count);
        for (int i = 0; i < count; i++)
        {
            AttemptRow row = _rows[i];
            BinaryPrimitives.WriteUInt128BigEndian(ids.AsSpan(i * 16), row.Id);
            (journals[i], attempts[i], startedAt[i]) = (row.Journal, row.Attempt, row.StartedAt);
            (starts[i], startLengths[i]) = row.HasStart ? (row.Start.Offset, row.Start.Length) : (-1, 0);
            (ends[i], endLengths[i], endedAt[i]) = row.HasEnd ? (row.End.Offset, row.End.Length, row.End.Time) : (-1, 0, row.StartedAt);
            if (row.HasEnd) (statuses[i], conclusive[i]) = ((byte)row.End.Status, row.End.IsConclusive ? (byte)1 : (byte)0);
            if (!known.Add(row.Id) || isRepeated(row.Id)) repeated[i] = 1;
        }

        FieldColumn[] columns = Columns();
        var attemptColumns = new AttemptColumns
        {
            Ids = ids,
            Statuses = statuses,
            Attempts = attempts,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Journals = journals,
            StartOffsets = starts,
            StartLengths = startLengths,
            EndOffsets = ends,
            EndLengths = endLengths,
            Conclusive = conclusive,
            Repeated = repeated,
            HasNanoseconds = false,
        };
        return new RunSegment(attemptColumns, [.. columns.Select(c => c.Key)], i => columns[i])
        {
            Experiment = experiment,
            Unended = _rows.Count(r => !r.HasEnd),
            Repeats = repeated.AsSpan().Count((byte)1),
        };
    }

    private FieldColumn[] Columns()
    {
        List<(FieldKey Key, Func<int, FieldValue> ValueOf)> fields =
        [
            (FieldKey.Experiment, Experiment),
            (FieldKey.Version, Start(c => c.Version)), (FieldKey.Code, Start(c => c.Code)), (FieldKey.Context, Start(c => c.Context)),
            (FieldKey.Index, Start(c => c.Index)), (FieldKey.Seed, Start(c => c.Seed)), (FieldKey.Replicate, Start(c => c.Replicate)),
            (FieldKey.Duration, End(c => c.Duration)), (FieldKey.Tags, Tags),
            (FieldKey.ErrorKind, End(c => c.ErrorKind)), (FieldKey.ErrorType, End(c => c.ErrorType)),
            (FieldKey.ErrorMessage, End(c => c.ErrorMessage)),
            .. Named(_rows.Select(r => r.StartChunk), c => c.Params.Fields).Select(f => (f.Key, Start(f.Value))),
            .. Named(_rows.Select(r => r.StartChunk), c => c.Labels).Select(f => (f.Key, Start(f.Value))),
            .. Named(_rows.Select(r => r.EndChunk), c => c.Metrics).Select(f => (f.Key, End(f.Value))),
        ];
        var columns = new FieldColumn?[fields.Count];
        Parallel.For(0, columns.Length, i => columns[i] = new ColumnBuilder(fields[i].Key, _rows.Length, fields[i].ValueOf).Build());
        return [.. columns.OfType<FieldColumn>()];
    }

    private FieldValue Experiment(int row)
    {
        AttemptRow attempt = _rows[row];
        var start = new FieldValue(attempt.StartChunk?.StartExperiment, attempt.StartRow);
        bool isEmpty = start.Kind == CellKind.Absent || (start.Kind == CellKind.Text && start.Text.IsEmpty);
        return isEmpty && attempt.HasEnd ? new FieldValue(attempt.EndChunk!.EndExperiment, attempt.EndRow) : start;
    }

    /// <summary>
    /// The fields that chunks have under names of their own, in order of first appearance, each with its buffer in a chunk.
    /// </summary>
    private static Dictionary<FieldKey, Func<LineChunk, FieldBuffer?>> Named(IEnumerable<LineChunk?> chunks, Func<LineChunk, FieldSet> set)
    {
        var fields = new OrderedDictionary<FieldKey, Dictionary<LineChunk, FieldBuffer>>();
        LineChunk? last = null;
        var seen = new HashSet<LineChunk>();
        foreach (LineChunk? chunk in chunks)
        {
            if (chunk is null || chunk == last || !seen.Add(last = chunk)) continue;
            foreach (FieldBuffer field in set(chunk).Fields)
            {
                if (!fields.TryGetValue(field.Key, out Dictionary<LineChunk, FieldBuffer>? buffers)) fields.Add(field.Key, buffers = []);
                buffers[chunk] = field;
            }
        }

        return fields.ToDictionary(f => f.Key, f => (Func<LineChunk, FieldBuffer?>)(c => f.Value.GetValueOrDefault(c)));
    }

    private Func<int, FieldValue> Start(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.StartChunk, r.StartRow));

    private Func<int, FieldValue> End(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.EndChunk, r.EndRow));

    // Neighbours mostly come from one chunk. A column is built by one thread.
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

    /// <summary>
    /// The tags of a run: those of its start and those that its end adds, each once. A run that has not ended has them as its start does.
    /// </summary>
    private FieldValue Tags(int row)
    {
        AttemptRow attempt = _rows[row];
        FieldValue start = new(attempt.StartChunk?.StartTags, attempt.StartRow), end = new(attempt.EndChunk?.EndTags, attempt.EndRow);
        if (start.Kind == CellKind.Absent && end.Kind == CellKind.Absent) return default;
        if (_tags.KindOf(row) == CellKind.Absent)
        {
            // Texts are numbered in their pools, so rows with equal tags share a place.
            (FieldValue?, FieldValue?, bool) both = (Place(start), Place(end), attempt.HasEnd);
            if (!_knownTags.TryGetValue(both, out int code))
            {
                IEnumerable<string> tags = attempt.HasEnd ? Texts(start).Union(Texts(end), StringComparer.Ordinal) : Texts(start);
                _knownTags.Add(both, code = _tags.Pool.Add(new JsonBuffer().Strings(tags).Written));
            }

            _tags.Set(row, CellKind.Json, code);
        }

        return new FieldValue(_tags, row);
    }

    private static FieldValue? Place(FieldValue tags) => tags.Kind == CellKind.Absent ? null : tags with { Row = (int)tags.Bits };

    private static IReadOnlyList<string> Texts(FieldValue tags)
    {
        if (tags.Kind == CellKind.Absent) return [];
        using JsonDocument document = JsonDocument.Parse(tags.Text.ToArray());
        return LineFields.Strings(document.RootElement);
    }
}
