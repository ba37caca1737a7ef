using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;

namespace Assay.Cli.Tests.Mcp;

/// <summary>Holds <c>docs/reference/mcp.md</c> to what the server offers.</summary>
public sealed class McpReferenceTests
{
    [Fact]
    public async Task The_tools_of_the_reference_are_those_of_the_server()
    {
        string path = Repository.File("docs", "reference", "mcp.md"), received = Repository.File("docs", "reference", "mcp.received.txt");
        string page = await File.ReadAllTextAsync(path);
        int from = page.IndexOf("## Tools\n", StringComparison.Ordinal), to = page.IndexOf("## Resources\n", StringComparison.Ordinal);
        string right = page[..from] + await ToolsAsync() + page[to..];
        if (right == page) return;
        await File.WriteAllTextAsync(received, right);
        Assert.Fail($"docs/reference/mcp.md is stale: compare it with {received} and copy that over if it is right.");
    }

    private static async Task<string> ToolsAsync()
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path, "--allow-writes");
        var text = new StringBuilder("## Tools\n");
        foreach (McpClientTool tool in await session.Client.ListToolsAsync()) Write(tool, text);
        return text.Append('\n').ToString();
    }

    private static void Write(McpClientTool tool, StringBuilder text)
    {
        bool writes = tool.ProtocolTool.Annotations!.ReadOnlyHint is false;
        text.Append(CultureInfo.InvariantCulture, $"\n### `{tool.Name}`\n\n{tool.Description}\n");
        if (writes) text.Append(
            CultureInfo.InvariantCulture,
            $"\nWrites{(tool.ProtocolTool.Annotations.DestructiveHint is true ? "; marked destructive" : "")}; only with "
                + $"`--allow-writes`.\n");
        text.Append("\n| argument | | |\n|---|---|---|\n");
        JsonElement schema = tool.JsonSchema;
        string[] required = schema.TryGetProperty("required", out JsonElement names)
            ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];
        foreach (JsonProperty argument in schema.GetProperty("properties").EnumerateObject())
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{argument.Name}` | {Form(argument.Value)}{(required.Contains(argument.Name) ? ", required" : "")} | "
                    + $"{argument.Value.GetProperty("description").GetString()!.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        JsonElement properties = tool.ProtocolTool.OutputSchema!.Value.GetProperty("properties");
        string answers = string.Join(", ", properties.EnumerateObject().Select(p => $"`{p.Name}`"));
        text.Append(CultureInfo.InvariantCulture, $"\nAnswers with {answers}.\n");
    }

    private static string Form(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "integer" => $"{Bounds(schema)}{(schema.TryGetProperty("default", out JsonElement otherwise) ? $", else {otherwise}" : "")}",
        "boolean" => "true or false",
        "array" => $"{schema.GetProperty("minItems")} to {schema.GetProperty("maxItems")} of {Form(schema.GetProperty("items"))}",
        _ when schema.TryGetProperty("enum", out JsonElement words) =>
            string.Join(", ", words.EnumerateArray().Select(w => $"`{w.GetString()}`")),
        _ => "text",
    };

    private static string Bounds(JsonElement schema) =>
        schema.GetProperty("maximum").GetInt64() > 1L << 50 ? "number"
            : $"{schema.GetProperty("minimum")} to {schema.GetProperty("maximum")}";
}
