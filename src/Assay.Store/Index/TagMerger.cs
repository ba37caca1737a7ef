using System.Text.Json;

namespace Assay;

/// <summary>The tags of runs: those a start has and those an end adds, each once.</summary>
internal sealed class TagMerger(AttemptRow[] rows)
{
    private readonly FieldBuffer _merged = new(FieldKey.Tags);
    private readonly Dictionary<(FieldValue? Start, FieldValue? End, bool HasEnded), int> _known = [];

    public FieldValue Merged(int row)
    {
        AttemptRow attempt = rows[row];
        FieldBuffer? started = attempt.StartChunk?.StartTags, ended = attempt.EndChunk?.EndTags;
        bool hasStart = started is not null && started.KindOf(attempt.StartRow) != CellKind.Absent;
        bool hasEnd = ended is not null && ended.KindOf(attempt.EndRow) != CellKind.Absent;
        if (!hasStart && !hasEnd) return default;
        if (_merged.KindOf(row) == CellKind.Absent) Merge(row, attempt.HasEnd, hasStart ? new FieldValue(started, attempt.StartRow) : null, hasEnd ? new FieldValue(ended, attempt.EndRow) : null);
        return new FieldValue(_merged, row);
    }

    private void Merge(int row, bool hasEnded, FieldValue? start, FieldValue? end)
    {
        // Texts are numbered in their pools, so rows with equal tags share a place.
        (FieldValue?, FieldValue?, bool) pair = (Place(start), Place(end), hasEnded);
        if (!_known.TryGetValue(pair, out int code))
        {
            // A run under way has them as they stand.
            string[] tags = hasEnded ? [.. Tags(start).Union(Tags(end), StringComparer.Ordinal)] : [.. Tags(start)];
            var json = new JsonBuffer();
            json.Strings(tags);
            _known.Add(pair, code = _merged.Pool.Add(json.Written));
        }

        _merged.Set(row, CellKind.Json, code);
    }

    private static FieldValue? Place(FieldValue? tags) => tags is { } value ? value with { Row = (int)value.Bits } : null;

    private static IReadOnlyList<string> Tags(FieldValue? tags)
    {
        if (tags is not { } value) return [];
        using JsonDocument document = JsonDocument.Parse(value.Text.ToArray());
        return LineFields.Strings(document.RootElement);
    }
}
