using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>One tool of the server: what is said of it, and what it answers. Without state, so that calls may run at once.</summary>
internal abstract class StoreTool
{
    /// <summary>As the protocol calls it.</summary>
    public abstract string Name { get; }

    /// <summary>As people read it.</summary>
    public abstract string Title { get; }

    /// <summary>What it does and when to take it.</summary>
    public abstract string Description { get; }

    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Whether it changes the store or a folder.</summary>
    public virtual bool Writes => false;

    /// <summary>Whether what was there before may be gone afterwards.</summary>
    public virtual bool Destroys => false;

    /// <summary>Whether doing it again changes nothing more.</summary>
    public virtual bool IsIdempotent => true;

    /// <summary>The type of the report it answers with.</summary>
    public abstract Type Answer { get; }

    private bool IsPaged => Parameters.Contains(PageCursor.Parameter);

    /// <exception cref="AssayException">An argument is wrong, or names nothing; the message says what was expected.</exception>
    public abstract ToolAnswer Call(ToolCall call);

    /// <summary>What the protocol says of the tool.</summary>
    public Tool Definition => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = JsonSerializer.SerializeToElement(Input()),
        OutputSchema = JsonSerializer.SerializeToElement(OutputSchema.Of(Answer, IsPaged)),
        Annotations = new ToolAnnotations { Title = Title, ReadOnlyHint = !Writes, DestructiveHint = Destroys, IdempotentHint = IsIdempotent, OpenWorldHint = false },
    };

    private JsonObject Input()
    {
        var properties = new JsonObject();
        foreach (Parameter parameter in Parameters) properties[parameter.Name] = parameter.Schema();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        string[] required = [.. Parameters.Where(p => p.IsRequired).Select(p => p.Name)];
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        return schema;
    }
}
