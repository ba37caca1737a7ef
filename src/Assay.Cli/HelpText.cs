using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Assay.Cli;

/// <summary>The usual help of a command, followed by its examples and the exit codes.</summary>
internal sealed class HelpText(IReadOnlyList<ToolCommand> commands, int width) : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new() { MaxWidth = width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        WriteTo(parseResult, parseResult.InvocationConfiguration.Output);
        return ExitCodes.Success;
    }

    public void WriteTo(ParseResult parsed, TextWriter output)
    {
        TextWriter before = parsed.InvocationConfiguration.Output;
        parsed.InvocationConfiguration.Output = output;
        _usual.Invoke(parsed);
        parsed.InvocationConfiguration.Output = before;
        WriteExamples(commands.FirstOrDefault(c => c.Definition == parsed.CommandResult.Command), output);
        output.WriteLine("Exit codes:");
        foreach ((int code, string meaning) in ExitCodes.All) output.WriteLine($"  {code}  {meaning}");
    }

    private static void WriteExamples(ToolCommand? command, TextWriter output)
    {
        IReadOnlyList<string> examples = command?.Text.Examples ?? ["assay ls", "assay show latest", "assay doctor --store results/.assay"];
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine($"  {example}");
        output.WriteLine();
    }
}

/// <summary>Prints the version alone, so that scripts need not cut it out.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(AssayVersion.Text);
        return ExitCodes.Success;
    }
}
