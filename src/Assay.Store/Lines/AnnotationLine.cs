using System.Text.Json;

namespace Assay.Journals;

internal enum AnnotationKind
{
    Note,
    Tags,
    Removed,
    Restored,
    Freed,
    Gone,

    /// <summary>A ref in git that stayed when its journal went. Version 0.1 wrote such lines; nothing depends on them now.</summary>
    Left,
}

/// <summary>What one line of <c>annotations/</c> says of a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="At">When it was said, in ticks of UTC.</param>
/// <param name="Kind">What is said.</param>
internal sealed record AnnotationLine(UInt128 RunId, string Experiment, long At, AnnotationKind Kind)
{
    /// <summary>The text of a note.</summary>
    public string Text { get; private init; } = "";

    public IReadOnlyList<string> Add { get; private init; } = [];

    public IReadOnlyList<string> Remove { get; private init; } = [];

    /// <summary>The attempts that are removed, restored or freed. Of a note and of tags, the attempt that was shown when they were given; none where another program does not say.</summary>
    public IReadOnlyList<AttemptPlace> Places { get; private init; } = [];

    /// <summary>The name of a journal that a cleanup frees; empty where the line says something else.</summary>
    public string Journal { get; private init; } = "";

    /// <returns>Null for what is unknown here.</returns>
    /// <exception cref="JsonException">The line is damaged.</exception>
    public static AnnotationLine? Read(ReadOnlySpan<byte> line, long offset)
    {
        JournalLine envelope = JournalParser.Parse(line, offset);
        if (envelope.Time == 0) throw new JsonException("expected the field 'created_at'");
        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonElement root = document.RootElement, value = root.GetProperty("value");
        if (!root.GetProperty("kind").ValueEquals("annotation"u8)) return null;
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in 'value'");
        string experiment = root.TryGetProperty("experiment_name", out JsonElement name) && name.ValueKind == JsonValueKind.String ? JsonObjects.Text(name) : "";
        AnnotationLine Of(AnnotationKind kind) => new(envelope.RunId, experiment, envelope.Time, kind);
        if (value.TryGetProperty("note", out JsonElement note)) return Of(AnnotationKind.Note) with { Text = String(note, "note"), Places = Shown(value) };
        if (value.TryGetProperty("tags", out JsonElement tags)) return Of(AnnotationKind.Tags) with { Add = Strings(tags, "add"), Remove = Strings(tags, "remove"), Places = Shown(value) };
        if (value.TryGetProperty("removed", out JsonElement removed)) return Of(AnnotationKind.Removed) with { Places = ManyPlaces(removed, "removed") };
        if (value.TryGetProperty("restored", out JsonElement restored)) return Of(AnnotationKind.Restored) with { Places = ManyPlaces(restored, "restored") };
        if (value.TryGetProperty("freed", out JsonElement freed)) return Of(AnnotationKind.Freed) with { Places = ManyPlaces(freed, "freed") };
        if (value.TryGetProperty("gone", out JsonElement gone)) return Of(AnnotationKind.Gone) with { Journal = String(gone, "gone") };
        return value.TryGetProperty("left", out _) ? Of(AnnotationKind.Left) : null;
    }

    private static AttemptPlace[] Shown(JsonElement value) => value.TryGetProperty("journal", out _) ? [Place(value)] : [];

    private static AttemptPlace[] ManyPlaces(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Place)] : throw new JsonException($"expected a list in '{name}'");

    private static AttemptPlace Place(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("journal", out JsonElement journal) || !value.TryGetProperty("attempt", out JsonElement attempt))
            throw new JsonException("expected the fields 'journal' and 'attempt'");
        return attempt.TryInteger(out long number) && number is >= 1 and <= int.MaxValue
            ? new AttemptPlace(String(journal, "journal"), (int)number)
            : throw new JsonException("expected a whole number from 1 in 'attempt'");
    }

    private static string[] Strings(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in 'tags'");
        if (!value.TryGetProperty(name, out JsonElement list)) return [];
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(t => String(t, name))] : throw new JsonException($"expected a list in '{name}'");
    }

    private static string String(JsonElement value, string name) => value.ValueKind == JsonValueKind.String ? JsonObjects.Text(value) : throw new JsonException($"expected text in '{name}'");
}
