using System.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// Puts a line into columns by way of the whole document, as <see cref="RunRecord"/> reads it: slower, and right for names that stand twice or are
/// written with escapes.
/// </summary>
internal sealed class OddLine(LineChunk chunk, JournalKind kind)
{
    private readonly int _row = kind == JournalKind.RunStart ? chunk.Starts.Count : chunk.Ends.Count;

    public void Read(ReadOnlySpan<byte> line)
    {
        chunk.Clear(JournalKind.RunStart);
        chunk.Clear(JournalKind.RunEnd);
        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonElement root = document.RootElement;
        if (kind == JournalKind.RunStart) Start(root, root.GetProperty("value"));
        else End(root, root.GetProperty("value"));
    }

    private void Start(JsonElement line, JsonElement value)
    {
        Text(chunk.StartExperiment, line, "experiment_name");
        Text(chunk.Version, value, "version");
        if (value.TryGetProperty("index", out JsonElement index) && index.TryInteger(out long place)) chunk.Index.Set(_row, CellKind.Integer, place);
        if (LineFields.Seed(value) is { } seed)
        {
            chunk.Seed.Set(_row, CellKind.Integer, seed.Base);
            chunk.Replicate.Set(_row, CellKind.Integer, seed.Replicate);
        }

        if (value.TryGetProperty("fingerprints", out JsonElement prints))
        {
            Short(chunk.Code, prints, "code");
            Short(chunk.Context, prints, "context");
        }

        Tags(chunk.StartTags, value);
        if (value.TryGetProperty("params", out JsonElement parameters)) Fill(chunk.Params.Fields, Flatten(parameters, "", []));
        if (value.TryGetProperty("labels", out JsonElement labels)) Fill(chunk.Labels, Members(labels));
    }

    private void End(JsonElement line, JsonElement value)
    {
        Text(chunk.EndExperiment, line, "experiment_name");
        if (value.TryGetProperty("duration_ms", out JsonElement duration) && duration.ValueKind == JsonValueKind.Number)
            chunk.Duration.SetReal(_row, LineValue.Duration(duration.GetDouble()).TotalMilliseconds);
        Tags(chunk.EndTags, value);
        if (value.TryGetProperty("metrics", out JsonElement metrics)) Fill(chunk.Metrics, Members(metrics));
        if (!value.TryGetProperty("error", out JsonElement error) || error.ValueKind != JsonValueKind.Object) return;
        Text(chunk.ErrorKind, error, "kind");
        Text(chunk.ErrorType, error, "type");
        Text(chunk.ErrorMessage, error, "message");
    }

    private void Fill(FieldSet fields, OrderedDictionary<string, JsonElement> values)
    {
        fields.Rewind();
        foreach ((string name, JsonElement value) in values) Set(fields[Encoding.UTF8.GetBytes(name)], value);
    }

    // Of names that stand twice the last counts, in the place of the first.
    private static OrderedDictionary<string, JsonElement> Members(JsonElement json)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (json.ValueKind != JsonValueKind.Object) return members;
        foreach (JsonProperty property in json.EnumerateObject()) members[JsonObjects.Name(property)] = property.Value;
        return members;
    }

    private static OrderedDictionary<string, JsonElement> Flatten(JsonElement json, string prefix, OrderedDictionary<string, JsonElement> flat)
    {
        foreach ((string name, JsonElement value) in Members(json))
        {
            if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()) Flatten(value, JsonObjects.Dotted(prefix, name), flat);
            else flat[JsonObjects.Dotted(prefix, name)] = value;
        }

        return flat;
    }

    private void Text(FieldBuffer field, JsonElement json, string name)
    {
        if (json.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String) Set(field, text);
        else field.SetText(_row, []);
    }

    private void Short(FieldBuffer field, JsonElement prints, string name)
    {
        if (prints.ValueKind != JsonValueKind.Object || !prints.TryGetProperty(name, out JsonElement hex) || hex.ValueKind != JsonValueKind.String) return;
        if (JsonObjects.Text(hex) is { Length: >= 8 } text) Set(field, new JsonBuffer().String(text.AsSpan(0, 8)).ToArray());
    }

    private void Tags(FieldBuffer field, JsonElement value)
    {
        if (value.TryGetProperty("tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Array && tags.GetArrayLength() > 0) Set(field, tags);
    }

    private void Set(FieldBuffer field, JsonElement value) => Set(field, Encoding.UTF8.GetBytes(value.GetRawText()));

    private void Set(FieldBuffer field, byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        CellReader.Value(field, _row, json, ref reader);
    }
}
