using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Cli.Tests.Mcp;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests.Trust;

/// <summary>
/// Every command and every tool on every hostile store: the user's files stay as they are, nothing of the store is executed, and each call
/// ends with an answer or a message. The calls are the examples and the required arguments of the questions themselves.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class HostileStoreTests
{
    public static TheoryData<string> Kinds => HostileStore.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_command_harms_the_user(string kind)
    {
        HostileStore store = HostileStore.Make(kind);
        foreach ((string[] command, bool writes) in Commands())
        {
            ToolResult result = store.Run(command);
            string line = string.Join(' ', command);
            Assert.True(result.Exit is >= ExitCodes.Success and < ExitCodes.Unexpected, $"{line}: {result}");
            // An export to a pipe is data.
            if (!command.Contains("-")) Assert.DoesNotContain('\u001b', result.Out + result.Error);
            store.AssertUnharmed(line);
            if (!writes) continue;
            store.Dispose();
            store = HostileStore.Make(kind);
        }

        store.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_tool_harms_the_user(string kind)
    {
        using HostileStore store = HostileStore.Make(kind);
        await using McpSession session = await McpSession.StartInAsync(store.Project, store.Store, "--allow-writes");
        IEnumerable<string> offered = (await session.Client.ListToolsAsync()).Select(t => t.Name);
        Assert.Equal(ToolCalls().Select(c => c.Name).Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
        foreach ((string name, JsonObject arguments) in ToolCalls())
        {
            await session.CallAsync(name, arguments).WaitAsync(RealProcess.Patience);
            store.AssertUnharmed(name);
        }

        string[] resources = ["assay://store", $"assay://runs/{StoreFixture.Id(1)}", $"assay://runs/{StoreFixture.Id(1)}/artifacts/x"];
        foreach (string uri in resources)
        {
            try
            {
                ReadResourceResult read = await session.Client.ReadResourceAsync(uri).AsTask().WaitAsync(RealProcess.Patience);
                Assert.DoesNotContain("mine", JsonSerializer.Serialize(read), StringComparison.Ordinal);
            }
            catch (ModelContextProtocol.McpProtocolException)
            {
                // Refused, with a message.
            }
        }

        store.AssertUnharmed("reading resources");
    }

    /// <summary>The examples of all commands, with names that the hostile stores have.</summary>
    internal static IEnumerable<(string[] Line, bool Writes)> Commands() =>
        from question in AssayTool.Questions
        where question.Command is not null
        let name = question.Command!.Name
        from example in question.Command!.Examples.Concat([$"assay {name} latest", $"assay {name} --yes"])
        let line = Word().Matches(example).Select(m => m.Value.Trim('"')).Skip(1).ToArray()
        // One goes on until it is stopped, unless it is asked for one run; one reads another system's store.
        where line[0] != "import" && (line[0] != "tail" || line is ["tail", "latest"])
        select ((string[])[.. line.Select(word => RunId().IsMatch(word) ? "latest" : word)], question.Writes);

    /// <summary>A call of every tool.</summary>
    internal static IEnumerable<(string Name, JsonObject Arguments)> ToolCalls() =>
        AssayTool.Questions.Where(q => q.Tool is not null).Select(q => (q.Tool!.Name, Arguments(q.InputSchema(), q.Writes)));

    private static JsonObject Arguments(JsonObject schema, bool writes)
    {
        var arguments = new JsonObject();
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            JsonObject form = schema["properties"]![name!.GetValue<string>()]!.AsObject();
            arguments[name.GetValue<string>()] = form["type"]!.GetValue<string>() == "array" ? new JsonArray(Value(name)) : Value(name);
        }

        return arguments;

        JsonNode Value(JsonNode name) => name.GetValue<string>() switch
        {
            "metric" => "accuracy",
            "path" => "metrics.accuracy",
            "format" => "csv",
            _ => writes ? StoreFixture.Id(1) : "latest",
        };
    }

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+")]
    private static partial Regex Word();

    [GeneratedRegex("^[0-9a-f]{8,32}$")]
    private static partial Regex RunId();
}
