using System.CommandLine;
using Assay.Cli.Mcp;

namespace Assay.Cli;

/// <summary><c>assay mcp</c></summary>
internal sealed class McpCommand : ToolCommand
{
    private readonly Option<bool> _writes = new("--allow-writes")
    { Description = "Offer the tools that change something too. Default: only those that read" };

    public McpCommand() : base(new CommandText(
        "mcp", "Serve the store to coding agents over MCP, on standard input and output until the input ends",
        "assay mcp", "assay mcp --store results/.assay", "assay mcp --allow-writes"))
    {
        Definition.Add(_writes);
        AddCommonOptions(json: false);
    }

    protected override int Run(Invocation call)
    {
        Stream input = Console.OpenStandardInput(), output = Console.OpenStandardOutput();
        // Whatever is printed by mistake must not stand between messages.
        Console.SetOut(Console.Error);
        var served = new ServedStore(call.StorePath, call.Console.Folder, call.Console.Clock);
        var log = new ServerLog(call.Console.Error);
        bool writes = call.Arguments.GetValue(_writes);
        string tools = writes ? "with the tools that write" : "read-only";
        log.Line($"serving '{served.Path}' over MCP, {tools}; standard input takes messages of a client and ends the server when it ends.");
        StoreServer.RunAsync(served, writes, input, output, log).GetAwaiter().GetResult();
        return ExitCodes.Success;
    }
}
