using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Mcp;

/// <summary>A text that is not blank.</summary>
internal sealed class TextParameter(string name, string description, bool required = false, int longest = 1000) : Parameter(name, description, required)
{
    protected override string Expected => $"a text of 1 to {longest} characters";

    /// <summary>Null when it was not given.</summary>
    public string? Of(ToolCall call)
    {
        if (In(call) is not { } given) return null;
        return given.ValueKind == JsonValueKind.String && JsonObjects.Text(given) is var text && text.Length <= longest && !string.IsNullOrWhiteSpace(text) ? text : throw Fault(given);
    }

    /// <summary>The text of a parameter that is required.</summary>
    public string Required(ToolCall call) => Of(call)!;

    protected override JsonObject Form() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest };
}

/// <summary>Several texts.</summary>
internal sealed class TextListParameter(string name, string description, int least = 1, int most = 50, bool required = false, IReadOnlyList<string>? choices = null) : Parameter(name, description, required)
{
    private const int Longest = 1000;

    protected override string Expected =>
        $"a list of {least} to {most} texts{(choices is null ? "" : ", each one of " + string.Join(", ", choices))}, such as [\"{choices?[0] ?? "…"}\"]";

    /// <summary>Null when it was not given.</summary>
    public IReadOnlyList<string>? Of(ToolCall call)
    {
        if (In(call) is not { } given) return null;
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() is var length && (length < least || length > most)) throw Fault(given);
        foreach ((int i, JsonElement element) in given.EnumerateArray().Index())
        {
            if (!IsText(element)) throw Fault(given, Wrong(element) is { } wrong ? $", whose element {i + 1} is {wrong}" : "");
        }

        return [.. given.EnumerateArray().Select(JsonObjects.Text)];
    }

    protected override JsonObject Form()
    {
        var items = new JsonObject { ["type"] = "string" };
        if (choices is null) (items["minLength"], items["maxLength"]) = (1, Longest);
        else items["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]);
        return new JsonObject { ["type"] = "array", ["items"] = items, ["minItems"] = least, ["maxItems"] = most };
    }

    // The choices are told anyway.
    private static string? Wrong(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.String) return "no text";
        string text = JsonObjects.Text(given);
        if (text.Length == 0) return "an empty text";
        if (string.IsNullOrWhiteSpace(text)) return "a blank text";
        return text.Length > Longest ? FormattableString.Invariant($"a text of {text.Length} characters, more than {Longest}") : null;
    }

    private bool IsText(JsonElement given) => given.ValueKind == JsonValueKind.String && JsonObjects.Text(given) is var text
        && text.Length <= Longest && !string.IsNullOrWhiteSpace(text) && (choices is null || choices.Contains(text, StringComparer.Ordinal));
}

/// <summary>One of some words.</summary>
internal sealed class ChoiceParameter(string name, string description, IReadOnlyList<string> choices, string otherwise) : Parameter(name, description)
{
    protected override string Expected => "one of " + string.Join(", ", choices);

    public string Of(ToolCall call)
    {
        if (In(call) is not { } given) return otherwise;
        return given.ValueKind == JsonValueKind.String && JsonObjects.Text(given) is var text && choices.Contains(text, StringComparer.Ordinal) ? text : throw Fault(given);
    }

    protected override JsonObject Form() => new() { ["type"] = "string", ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]), ["default"] = otherwise };
}

/// <summary>A whole number between two bounds.</summary>
internal sealed class NumberParameter(string name, string description, long least, long most, long? otherwise = null) : Parameter(name, description)
{
    protected override string Expected => FormattableString.Invariant($"a whole number from {least} to {most}");

    /// <summary>Null when it was not given and has no default.</summary>
    public long? Maybe(ToolCall call)
    {
        if (In(call) is not { } given) return otherwise;
        // 20.0 is a whole number in JSON, and some clients write them so.
        if (given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out double real) && Math.Floor(real) == real && real >= least && real <= most)
            return given.TryGetInt64(out long exact) ? exact : (long)real;
        throw Fault(given);
    }

    /// <summary>The number of a parameter with a default.</summary>
    public int Of(ToolCall call) => checked((int)Maybe(call)!.Value);

    protected override JsonObject Form()
    {
        var form = new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
        if (otherwise is { } value) form["default"] = value;
        return form;
    }
}

/// <summary>Yes or no; no when it is left out.</summary>
internal sealed class FlagParameter(string name, string description) : Parameter(name, description)
{
    protected override string Expected => "true or false";

    public bool Of(ToolCall call) => In(call) is { } given && given.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(given),
    };

    protected override JsonObject Form() => new() { ["type"] = "boolean", ["default"] = false };
}
