using System.Text.Json;

namespace Assay;

/// <summary>Segments whose runs have other tags than they recorded.</summary>
internal static class AnnotatedSegment
{
    /// <summary>The segment with the tags that annotations give its runs; the same segment where they change none.</summary>
    public static RunSegment Of(RunSegment source, RunAnnotations annotations)
    {
        var changed = new List<(int Row, UInt128 Id)>();
        source.FindIds(annotations.TaggedIds, (row, id) => changed.Add((row, id)));
        return changed.Count == 0 ? source : source.WithTags(Merged(source, changed, annotations));
    }

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

        return new FieldColumn(FieldKey.Tags, ColumnForm.Json, source.Rows)
        {
            Codes = codes,
            Texts = new FieldTexts(places.ToArray(), texts.WrittenMemory),
            Valid = valid,
        };
    }

    private static IReadOnlyList<string> Tags(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return LineFields.Strings(document.RootElement);
    }
}
