using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// Whether a line holds what readers of its kind rely on. A line can be sound JSON and yet damaged: a flipped bit in a name
/// hides a field, one in a text breaks its encoding.
/// </summary>
public static class LineCheck
{
    /// <summary>Why a line could not be part of a journal; null when it could. Lines that a program takes from elsewhere are checked with it.</summary>
    /// <param name="line">The line without its line feed.</param>
    public static string? Fault(ReadOnlySpan<byte> line)
    {
        try
        {
            Check(line, 0);
            CheckValue(JsonElement.Parse(line));
            return null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            bool isDeep = fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
            return isDeep ? "nested more deeply than a line of a journal can be" : fault.Message;
        }
    }

    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static JournalLine Check(ReadOnlySpan<byte> line, long offset)
    {
        if (line.IndexOfAnyExcept((byte)0) < 0) throw new JsonException("only zero bytes, as a power failure leaves them");
        JournalLine envelope = JournalParser.Parse(line, offset);
        if (envelope.Time == 0) throw new JsonException("expected the field 'created_at'");
        return envelope;
    }

    /// <summary>Checks the value of a line by its kind; kinds unknown here may hold anything.</summary>
    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static void CheckValue(JsonElement root)
    {
        Require(root, "run_id", JsonValueKind.String);
        Require(root, "experiment_name", JsonValueKind.String);
        JsonElement value = root.GetProperty("value");
        switch (Require(root, "kind", JsonValueKind.String).GetString())
        {
            case "run_start": RunStart(value); break;
            case "run_end": RunEnd(value); break;
            case "series": Series(value); break;
            case "artifact": Artifact(value); break;
            case "log":
                Require(value, "level", JsonValueKind.String);
                Require(value, "message", JsonValueKind.String);
                break;
            case "row": Object(value); break;
            default: break;
        }
    }

    private static void RunStart(JsonElement value)
    {
        Object(value);
        if (!value.TryGetProperty("seed", out JsonElement seed) || seed.ValueKind == JsonValueKind.Null) return;
        Integer(seed, "base");
        Integer(seed, "replicate");
    }

    private static void RunEnd(JsonElement value)
    {
        Require(value, "status", JsonValueKind.String);
        if (value.TryGetProperty("metrics", out JsonElement metrics)) Object(metrics);
        if (value.TryGetProperty("duration_ms", out JsonElement duration)) Number(duration, "duration_ms");
    }

    private static void Series(JsonElement value)
    {
        Require(value, "name", JsonValueKind.String);
        int steps = Require(value, "steps", JsonValueKind.Array).GetArrayLength();
        int values = Require(value, "values", JsonValueKind.Array).GetArrayLength(), times = Require(value, "time_ms", JsonValueKind.Array)
            .GetArrayLength();
        if (steps != values || steps != times)
            throw new JsonException($"expected as many steps ({steps}) as values ({values}) and times ({times})");
        foreach (JsonElement item in value.GetProperty("values").EnumerateArray()) Number(item, "values");
    }

    private static void Artifact(JsonElement value)
    {
        Require(value, "name", JsonValueKind.String);
        Require(value, "kind", JsonValueKind.String);
        Integer(value, "size");
        if (value.TryGetProperty("data", out _)) return;
        if (ArtifactAddress.TryParse(Require(value, "sha256", JsonValueKind.String).GetString()!) is null)
            throw new JsonException("expected 64 lower-case hexadecimal digits in 'sha256'");
    }

    private static void Object(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object in 'value'");
    }

    private static void Integer(JsonElement value, string name)
    {
        if (!Require(value, name, JsonValueKind.Number).TryGetInt64(out _)) throw new JsonException($"expected a whole number in '{name}'");
    }

    private static void Number(JsonElement value, string name)
    {
        bool named = value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity";
        if (value.ValueKind != JsonValueKind.Number && !named) throw new JsonException($"expected numbers in '{name}'");
    }

    private static JsonElement Require(JsonElement value, string name, JsonValueKind kind)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out JsonElement member))
            throw new JsonException($"expected the field '{name}'");
        return member.ValueKind == kind ? member : throw new JsonException($"expected {kind.ToString().ToLowerInvariant()} in '{name}'");
    }
}
