namespace Assay.Cli.Tests;

/// <summary>Runs the tool in this process with a captured console.</summary>
internal static class Tool
{
    /// <summary>Arguments with a store, which come before what is behind <c>--</c>.</summary>
    public static string[] WithStore(string store, string[] arguments)
    {
        int dashes = Array.IndexOf(arguments, "--");
        return dashes < 0 ? [.. arguments, "--store", store] : [.. arguments[..dashes], "--store", store, .. arguments[dashes..]];
    }

    /// <summary>As <see cref="WithStore"/>; a replay starts its program without asking.</summary>
    public static string[] Answered(string store, string[] arguments) =>
        WithStore(store, arguments is ["replay", .. var rest] ? ["replay", "--yes", .. rest] : arguments);

    public static ToolResult Run(params string[] arguments) => Run(terminal: false, arguments);

    public static ToolResult Run(bool terminal, params string[] arguments) => Run(terminal, cache: null, arguments);

    public static ToolResult Run(bool terminal, string? cache, string[] arguments) => Run(TimeProvider.System, cache, arguments, terminal);

    public static ToolResult Run(
        TimeProvider clock, string? cache, string[] arguments, bool terminal = false, string? folder = null,
        Func<string, bool>? confirm = null, Func<Stream>? bytes = null)
    {
        using StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error, clock)
        { IsTerminal = terminal, Width = 120, Cache = cache, Confirm = confirm, Bytes = bytes };
        int exit = AssayTool.Run(arguments, folder is null ? console : console with { Folder = folder });
        return new ToolResult(exit, output.ToString(), error.ToString());
    }
}

/// <summary>What came of a call.</summary>
internal sealed record ToolResult(int Exit, string Out, string Error)
{
    /// <summary>The same with another text in the place of one that every test run makes anew.</summary>
    public ToolResult Replacing(string text, string other) =>
        this with
        {
            Out = Out.Replace(text, other, StringComparison.Ordinal),
            Error = Error.Replace(text, other, StringComparison.Ordinal)
        };

    /// <summary>The same with a temporary path made the same for every test run.</summary>
    public ToolResult Without(string path) =>
        this with
        {
            Out = Out.Replace(path, "STORE", StringComparison.Ordinal),
            Error = Error.Replace(path, "STORE", StringComparison.Ordinal)
        };

    /// <summary>All of it, as an approved text holds it.</summary>
    public override string ToString() => $"{Out}{(Error.Length > 0 ? "--- standard error\n" + Error : "")}--- exit code {Exit}\n";
}
