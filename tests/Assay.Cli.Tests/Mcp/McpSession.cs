using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests.Mcp;

/// <summary>A client of the package and the server it started: the built tool, as a process of its own.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private McpSession(McpClient client, List<string> log) => (Client, Log) = (client, log);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");

    public McpClient Client { get; }

    /// <summary>What the server wrote to standard error.</summary>
    public List<string> Log { get; }

    public static Task<McpSession> StartAsync(string store, params string[] options) => StartInAsync(Path.GetTempPath(), store, options);

    /// <summary>Starts the server in a folder, as a client starts it in that of the project.</summary>
    public static async Task<McpSession> StartInAsync(string folder, string store, params string[] options)
    {
        var log = new List<string>();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            WorkingDirectory = folder,
            Arguments = [Program, "mcp", "--store", store, .. options],
            StandardErrorLines = line =>
            {
                lock (log) log.Add(line);
            },
        });
        return new McpSession(await McpClient.CreateAsync(transport), log);
    }

    /// <summary>The structured answer of a call that succeeds; it must be as the tool's own schema says, and its text the same.</summary>
    public async Task<JsonObject> AskAsync(string tool, object? arguments = null)
    {
        CallToolResult result = await CallAsync(tool, arguments);
        string text = Text(result);
        Assert.False(result.IsError is true, text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonSerializer.SerializeToNode(result.StructuredContent)));
        JsonObject answer = JsonNode.Parse(text)!.AsObject();
        McpClientTool offered = (await Client.ListToolsAsync()).Single(t => t.Name == tool);
        JsonSchema.Check(answer, offered.ProtocolTool.OutputSchema!.Value, tool);
        return answer;
    }

    /// <summary>The message of a call that is refused.</summary>
    public async Task<string> RefusedAsync(string tool, object? arguments = null)
    {
        CallToolResult result = await CallAsync(tool, arguments);
        Assert.True(result.IsError is true, Text(result));
        return Text(result);
    }

    public async Task<CallToolResult> CallAsync(string tool, object? arguments = null)
    {
        JsonObject given = arguments as JsonObject ?? JsonSerializer.SerializeToNode(arguments ?? new { })!.AsObject();
        return await Client.CallToolAsync(tool, given.ToDictionary(a => a.Key, a => (object?)a.Value));
    }

    public async Task<TextResourceContents> ReadAsync(string uri) =>
        Assert.IsType<TextResourceContents>(Assert.Single((await Client.ReadResourceAsync(uri)).Contents));

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
