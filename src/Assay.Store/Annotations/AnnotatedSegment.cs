using System.Text.Json;

namespace Assay;

/// <summary>A segment whose runs have other tags than they recorded. Everything else is that of the segment itself.</summary>
internal sealed class AnnotatedSegment(RunSegment source, FieldColumn tags) : RunSegment
{
    public override int Rows => source.Rows;

    public override int Repeats => source.Repeats;

    public override ReadOnlySpan<byte> Ids => source.Ids;

    public override ReadOnlySpan<int> Journals => source.Journals;

    public override ReadOnlySpan<int> Attempts => source.Attempts;

    public override ReadOnlySpan<byte> Statuses => source.Statuses;

    public override ReadOnlySpan<byte> Speaks => source.Speaks;

    public override ReadOnlySpan<byte> Repeated => source.Repeated;

    public override ReadOnlySpan<long> StartOffsets => source.StartOffsets;

    public override ReadOnlySpan<int> StartLengths => source.StartLengths;

    public override ReadOnlySpan<long> EndOffsets => source.EndOffsets;

    public override ReadOnlySpan<int> EndLengths => source.EndLengths;

    public override IReadOnlyList<FieldKey> Fields { get; } = source.Fields.Contains(FieldKey.Tags) ? source.Fields : [.. source.Fields, FieldKey.Tags];

    /// <summary>The same segment where nobody changed the tags of its runs.</summary>
    public static RunSegment Of(RunSegment source, RunAnnotations annotations)
    {
        var changed = new List<(int Row, UInt128 Id)>();
        IdProbe.Find(source, annotations.TaggedIds, (row, id) => changed.Add((row, id)));
        return changed.Count == 0 ? source : new AnnotatedSegment(source, Merged(source, changed, annotations)) { Experiment = source.Experiment, Unended = source.Unended };
    }

    public override long StartedAt(int row) => source.StartedAt(row);

    public override long EndedAt(int row) => source.EndedAt(row);

    public override FieldColumn? Field(FieldKey key) => key == FieldKey.Tags ? tags : source.Field(key);

    private static FieldColumn Merged(RunSegment source, List<(int Row, UInt128 Id)> changed, RunAnnotations annotations)
    {
        FieldColumn? before = source.Field(FieldKey.Tags);
        int[] codes = before is null ? new int[source.Rows] : before.Codes.ToArray();
        ulong[] valid = new ulong[(source.Rows + 63) / 64];
        if (before is not null) valid.AsSpan().Fill(ulong.MaxValue);
        before?.Valid?.CopyTo(valid, 0);
        List<int> places = [.. (before?.Texts ?? FieldTexts.None).Places.Span];
        JsonBuffer texts = new JsonBuffer().Raw((before?.Texts ?? FieldTexts.None).Bytes.Span[..places[^1]]);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int row, UInt128 id) in changed)
        {
            IReadOnlyList<string> merged = annotations.TagsOf(id, before?.IsValid(row) == true ? Tags(before.Texts[codes[row]]) : []);
            valid[row >> 6] = merged.Count > 0 ? valid[row >> 6] | (1UL << (row & 63)) : valid[row >> 6] & ~(1UL << (row & 63));
            var json = new JsonBuffer();
            json.Strings(merged);
            string text = json.ToString();
            if (!known.TryGetValue(text, out codes[row]))
            {
                known.Add(text, codes[row] = places.Count - 1);
                places.Add(texts.Raw(json.Written).Length);
            }
        }

        return new FieldColumn(FieldKey.Tags, ColumnForm.Json, source.Rows) { Codes = codes, Texts = new FieldTexts(places.ToArray(), texts.WrittenMemory), Valid = valid };
    }

    private static IReadOnlyList<string> Tags(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return LineFields.Strings(document.RootElement);
    }
}
