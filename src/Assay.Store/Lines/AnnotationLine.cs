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

/// <summary>One line of <c>annotations/</c>: a remark on a run in the usual envelope, with its time in ticks of UTC.</summary>
internal sealed record AnnotationLine(UInt128 RunId, string Experiment, long At, AnnotationKind Kind)
{
    private static readonly (string Name, AnnotationKind Kind)[] KindsOfPlaces =
        [("removed", AnnotationKind.Removed), ("restored", AnnotationKind.Restored), ("freed", AnnotationKind.Freed)];

    private static readonly long LastTime = new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public string Text { get; private init; } = "";

    public IReadOnlyList<string> Add { get; private init; } = [];

    public IReadOnlyList<string> Remove { get; private init; } = [];

    /// <summary>The attempts that are removed, restored or freed; of notes and tags the one shown, or none from elsewhere.</summary>
    public IReadOnlyList<AttemptPlace> Places { get; private init; } = [];

    /// <summary>The name of a journal that a cleanup frees; empty for other kinds.</summary>
    public string Journal { get; private init; } = "";

    /// <returns>Null for a kind that is unknown here.</returns>
    /// <exception cref="JsonException">The line is damaged.</exception>
    public static AnnotationLine? Read(ReadOnlySpan<byte> line, long offset)
    {
        JournalLine envelope = JournalParser.Parse(line, offset);
        if (envelope.Time == 0) throw new JsonException("expected the field 'created_at'");
        // Each annotation is later than those before it, so the last possible time must not be taken.
        if (envelope.Time > LastTime) throw new JsonException("expected a time before the year 9999 in 'created_at'");
        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonElement root = document.RootElement, value = root.GetProperty("value");
        if (!root.GetProperty("kind").ValueEquals("annotation"u8)) return null;
        LineFields.CheckObject(value);
        AnnotationLine Of(AnnotationKind kind) => new(envelope.RunId, LineFields.Text(root, "experiment_name"), envelope.Time, kind);
        if (value.TryGetProperty("note", out JsonElement note))
            return Of(AnnotationKind.Note) with { Text = String(note, "note"), Places = Shown(value) };
        if (value.TryGetProperty("tags", out JsonElement tags))
            return Of(AnnotationKind.Tags) with { Add = Strings(tags, "add"), Remove = Strings(tags, "remove"), Places = Shown(value) };
        foreach ((string name, AnnotationKind kind) in KindsOfPlaces)
            if (value.TryGetProperty(name, out JsonElement places)) return Of(kind) with { Places = [.. List(places, name).Select(Place)] };
        if (value.TryGetProperty("gone", out JsonElement gone)) return Of(AnnotationKind.Gone) with { Journal = String(gone, "gone") };
        return value.TryGetProperty("left", out _) ? Of(AnnotationKind.Left) : null;
    }

    public static void WriteNote(JsonBuffer lines, RunRecord run, string text, DateTimeOffset at) =>
        Write(lines, run, at, value => value.Raw("{\"note\":"u8).String(text));

    public static void WriteTags(JsonBuffer lines, RunRecord run, IEnumerable<string> add, IEnumerable<string> remove, DateTimeOffset at) =>
        Write(lines, run, at, json => json.Raw("{\"tags\":{\"add\":"u8).Strings(add).Raw(",\"remove\":"u8).Strings(remove).Raw("}"u8));

    public static void WritePlaces(JsonBuffer lines, ReadOnlySpan<byte> what, RemovedRun run, DateTimeOffset at)
    {
        new LineEnvelope(run.Experiment).Open(lines, run.RunId, "annotation"u8);
        lines.Raw("{\""u8).Raw(what).Raw("\":["u8);
        lines.Separated(run.Places, place => Write(lines.Raw((byte)'{'), place)).Raw("]}"u8);
        LineEnvelope.Close(lines, at, TimeSpan.Zero);
    }

    /// <summary>Writes that a journal goes, in the name of one of its runs.</summary>
    public static void WriteGone(JsonBuffer lines, UInt128 run, string experiment, string journal, DateTimeOffset at)
    {
        new LineEnvelope(experiment).Open(lines, run, "annotation"u8);
        lines.Raw("{\"gone\":"u8).String(journal).Raw((byte)'}');
        LineEnvelope.Close(lines, at, TimeSpan.Zero);
    }

    private static void Write(JsonBuffer lines, RunRecord run, DateTimeOffset at, Action<JsonBuffer> value)
    {
        new LineEnvelope(run.Experiment).Open(lines, run.Place.Id, "annotation"u8);
        value(lines);
        Write(lines.Raw((byte)','), run.Shown);
        LineEnvelope.Close(lines, at, at > run.StartedAt ? at - run.StartedAt : TimeSpan.Zero);
    }

    // The last members of an object.
    private static void Write(JsonBuffer lines, AttemptPlace place) =>
        lines.Raw("\"journal\":"u8).String(place.Journal).Raw(",\"attempt\":"u8).Integer(place.Attempt).Raw((byte)'}');

    private static AttemptPlace[] Shown(JsonElement value) => value.TryGetProperty("journal", out _) ? [Place(value)] : [];

    private static AttemptPlace Place(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("journal", out JsonElement journal)
            || !value.TryGetProperty("attempt", out JsonElement attempt))
            throw new JsonException("expected the fields 'journal' and 'attempt'");
        return attempt.TryInteger(out long number) && number is >= 1 and <= JournalParser.MostAttempts
            ? new AttemptPlace(String(journal, "journal"), (int)number)
            : throw new JsonException($"expected a whole number from 1 to {JournalParser.MostAttempts} in 'attempt'");
    }

    private static string[] Strings(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in 'tags'");
        return value.TryGetProperty(name, out JsonElement list) ? [.. List(list, name).Select(t => String(t, name))] : [];
    }

    private static JsonElement.ArrayEnumerator List(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new JsonException($"expected a list in '{name}'");

    private static string String(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? JsonObjects.Text(value) : throw new JsonException($"expected text in '{name}'");
}
