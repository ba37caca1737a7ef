using System.Text.Json;

namespace Assay.Tests.Index;

/// <summary>A run as its two lines say it, read with the framework's own reader.</summary>
internal sealed class PlainRun(
    string id, int attempt, int attempts, RunStatus status, DateTimeOffset startedAt, JsonElement? start, JsonElement? end)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    public string Id => id;

    public int Attempt => attempt;

    public int Attempts => attempts;

    public RunStatus Status => status;

    public DateTimeOffset StartedAt => startedAt;

    public string Experiment => Text(start, "experiment_name") is { Length: > 0 } name ? name : Text(end, "experiment_name");

    public string Version => Text(StartValue, "version");

    public IReadOnlyList<string> Tags => end is null ? TagsOf(StartValue) : [.. TagsOf(StartValue).Union(TagsOf(EndValue))];

    public IReadOnlyDictionary<string, object?> Params => JsonObjects.Dictionary(Member(StartValue, "params"));

    public IReadOnlyDictionary<string, object?> Labels => JsonObjects.Dictionary(Member(StartValue, "labels"));

    public IReadOnlyDictionary<string, object?> Metrics => JsonObjects.Dictionary(Member(EndValue, "metrics"));

    private JsonElement StartValue => Member(start ?? Nothing, "value");

    private JsonElement EndValue => Member(end ?? Nothing, "value");

    /// <summary>The row of the run in a table, with marks where names are decided later.</summary>
    public OrderedDictionary<string, object?> Row()
    {
        JsonElement seed = Member(StartValue, "seed"), prints = Member(StartValue, "fingerprints"), error = Member(EndValue, "error");
        var row = new OrderedDictionary<string, object?>
        {
            ["run_id"] = id,
            ["experiment"] = Experiment,
            ["version"] = Version,
            ["code"] = Text(prints, "code") is { Length: >= 8 } code ? code[..8] : null,
            ["context"] = Text(prints, "context") is { Length: >= 8 } context ? context[..8] : null,
            ["status"] = status.ToString().ToLowerInvariant(),
            ["attempt"] = attempt,
            ["seed"] = IsSeed(seed) ? Member(seed, "base").GetInt64() : null,
            ["replicate"] = IsSeed(seed) ? Member(seed, "replicate").GetInt64() : null,
            ["started_at"] = startedAt,
            ["duration_ms"] = Member(EndValue, "duration_ms") is { ValueKind: JsonValueKind.Number } duration
                ? TimeSpan.FromTicks((long)Math.Round(duration.GetDouble() * 10_000)).TotalMilliseconds
                : null,
        };
        if (Tags.Count > 0) row["tags"] = string.Join(',', Tags);
        if (error.ValueKind == JsonValueKind.Object)
        {
            foreach (string name in (string[])["kind", "type", "message"]) row["error_" + name] = Text(error, name);
        }

        foreach ((string name, object? value) in Flat(Params, "")) row["param_" + name] = Cell(value);
        foreach ((string name, object? value) in Labels) row["\u0001" + name] = Cell(value);
        foreach ((string name, object? value) in Metrics) row["\u0002" + name] = Cell(value);
        return row;
    }

    /// <summary>Whether a name alone means two values of the run, as documented for <see cref="Results.Filter(object)"/>.</summary>
    public bool IsAmbiguous(string name) => Find(Metrics, name, out _) && (Find(Params, name, out _) || Find(Labels, name, out _));

    /// <summary>What a name means in the run, as documented there; no name of these tests is ambiguous within one place.</summary>
    public bool TryGet(string name, out object? value)
    {
        string[] parts = name.Split('.', 2);
        return parts[0] switch
        {
            "params" => Find(Params, parts[1], out value),
            "labels" => Find(Labels, parts[1], out value),
            "metrics" => Find(Metrics, parts[1], out value),
            _ => Find(Params, name, out value) || Find(Labels, name, out value) || Find(Metrics, name, out value),
        };
    }

    private static bool Find(IReadOnlyDictionary<string, object?> values, string name, out object? value)
    {
        static string Plain(string text) => text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        if (values.TryGetValue(name, out value)) return true;
        string[] similar = [.. values.Keys.Where(k => Plain(k) == Plain(name))];
        return similar.Length > 0 && values.TryGetValue(similar[0], out value);
    }

    private static string Full(string prefix, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? $"{prefix}[\"{name}\"]" : prefix.Length == 0 ? name : $"{prefix}.{name}";

    private static OrderedDictionary<string, object?> Flat(IReadOnlyDictionary<string, object?> values, string prefix)
    {
        var flat = new OrderedDictionary<string, object?>();
        foreach ((string name, object? value) in values)
        {
            if (value is IReadOnlyDictionary<string, object?> { Count: > 0 } nested)
            {
                foreach ((string inner, object? leaf) in Flat(nested, Full(prefix, name))) flat[inner] = leaf;
            }
            else
            {
                flat[Full(prefix, name)] = value;
            }
        }

        return flat;
    }

    private static bool IsSeed(JsonElement seed) =>
        seed.ValueKind == JsonValueKind.Object && Member(seed, "base").TryInteger(out _) && Member(seed, "replicate").TryInteger(out _);

    private static object? Cell(object? value) =>
        value is System.Collections.IEnumerable and not string ? JsonSerializer.SerializeToElement(value, DataForm.Options) : value;

    private static IReadOnlyList<string> TagsOf(JsonElement value) =>
        Member(value, "tags") is { ValueKind: JsonValueKind.Array } tags ? [.. tags.EnumerateArray().Select(JsonObjects.Text)] : [];

    private static string Text(JsonElement? json, string name) =>
        Member(json ?? Nothing, name) is { ValueKind: JsonValueKind.String } text ? JsonObjects.Text(text) : "";

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : default;
}
