using System.CommandLine;
using System.CommandLine.Help;

namespace Assay.Cli;

/// <summary>The tool as a whole: its commands, and from arguments to an exit code.</summary>
internal static class AssayTool
{
    public const string Name = "assay";

    private const int HelpWidth = 100;

    // @3 is a place in the last list and not a file with further arguments; -hard is a tag to take away and not the option -h.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>New instances of all commands, in the order the help lists them.</summary>
    public static IReadOnlyList<ToolCommand> Commands(IReadOnlyList<string> arguments)
    {
        Question[] questions = [.. Questions.Where(q => q.Command is not null)];
        HashSet<string> called = [.. questions.Select(q => q.Command!.Name).Intersect(arguments)];
        return
        [
            .. questions.Select(q => new QuestionCommand(q, called.Count == 0 || called.Contains(q.Command!.Name))),
            new McpCommand(),
            new SkillCommand(),
        ];
    }

    /// <summary>The questions of all assemblies.</summary>
    public static IReadOnlyList<Question> Questions { get; } =
    [
        .. QuestionCatalog.All.TakeWhile(q => q.Command?.Name != "note"),
        new ImportQuestion(),
        .. QuestionCatalog.All.SkipWhile(q => q.Command?.Name != "note"),
    ];

    public static int Run(IReadOnlyList<string> arguments, ToolConsole console)
    {
        try
        {
            ParseResult parsed = Define(arguments, console).Parse(arguments, Parsing);
            bool faulty = parsed.Errors.Count > 0 || UsageFault.HasStrayOption(parsed);
            if (faulty && parsed.Action is not (HelpText or VersionText)) return UsageFault.Report(parsed, console);
            return parsed.Invoke(
                new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false });
        }
        finally
        {
            console.Out.Flush();
        }
    }

    private static Command Define(IReadOnlyList<string> arguments, ToolConsole console)
    {
        var root = new Command(
            Name, "Lists, ranks, compares, shows, explains, annotates, exports and checks the runs that experiments left in a store.");
        root.SetAction(parsed =>
        {
            new HelpText([], HelpWidth).WriteTo(parsed, console.Error);
            return ExitCodes.BadInput;
        });
        IReadOnlyList<ToolCommand> commands = Commands(arguments);
        foreach (ToolCommand command in commands)
        {
            command.Definition.SetAction(parsed => command.Run(parsed, console));
            root.Add(command.Definition);
        }

        root.Add(new HelpOption("--help", "-h", "-?") { Recursive = true, Action = new HelpText(commands, HelpWidth) });
        root.Add(new Option<bool>("--version")
        { Description = "Show version information", Arity = ArgumentArity.Zero, Action = new VersionText() });
        return root;
    }
}
