using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Mcp;

/// <summary>An argument of a tool: what the schema says of it, and how it is read, in one place so that both agree.</summary>
internal abstract class Parameter(string name, string description, bool required = false)
{
    private const int LongestShown = 80;

    public string Name => name;

    public string Description => description;

    public bool IsRequired => required;

    /// <summary>Its JSON schema.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = Form();
        schema["description"] = description;
        return schema;
    }

    /// <summary>Type and bounds.</summary>
    protected abstract JsonObject Form();

    /// <summary>What was given; null where nothing was. Clients send null for what they leave out.</summary>
    /// <exception cref="AssayException">It is required and missing.</exception>
    protected JsonElement? In(ToolCall call)
    {
        if (call.Arguments.TryGetValue(name, out JsonElement given) && given.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) return given;
        return required ? throw new AssayException($"{name} is missing; expected {Expected}.") : null;
    }

    /// <summary>What a value has to be, in words.</summary>
    protected abstract string Expected { get; }

    /// <param name="given">What was given.</param>
    /// <param name="how">What is wrong in it, where that does not meet the eye.</param>
    protected AssayException Fault(JsonElement given, string how = "")
    {
        string text = given.GetRawText();
        return new AssayException($"{name} is {(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}{how}; expected {Expected}.{(required ? "" : " Correct it, or leave it out.")}");
    }
}
