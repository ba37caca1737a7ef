using System.CommandLine;
using System.CommandLine.Parsing;

namespace Assay.Cli;

/// <summary>Says what is wrong with the arguments, what was expected, and what was probably meant.</summary>
internal static class UsageFault
{
    /// <summary>Whether an option that does not exist was taken for an argument, which the parser does when one is free.</summary>
    public static bool HasStrayOption(ParseResult parsed) => StrayOption(parsed) is not null;

    public static int Report(ParseResult parsed, ToolConsole console)
    {
        Command command = parsed.CommandResult.Command;
        bool isRoot = command.Name == AssayTool.Name;
        string path = isRoot ? AssayTool.Name : $"{AssayTool.Name} {command.Name}";
        IEnumerable<string> messages = (parsed.UnmatchedTokens is [string unmatched, ..] ? unmatched : StrayOption(parsed)) is { } first
            ? [Unmatched(first, command, isRoot, path)]
            : parsed.Errors.Select(e => e.Message.TrimEnd()).Distinct(StringComparer.Ordinal);
        console.Complain($"{string.Join(" ", messages)} See '{path} --help'.");
        return ExitCodes.BadInput;
    }

    // What follows -- is meant as it is.
    private static string? StrayOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).SkipLast(DoubleDash.Count(parsed))
            .Select(t => t.Value)
            .FirstOrDefault(t => t.StartsWith("--", StringComparison.Ordinal));

    private static string Unmatched(string token, Command command, bool isRoot, string path)
    {
        if (token.StartsWith('-'))
        {
            string[] options = [.. command.Options.Select(o => o.Name), "--help"];
            if (options.Contains(token)) return $"'{token}' stands before the command; put it behind, as in '{path} {token} …'.";
            return $"'{token}' is no option of '{path}'; expected {string.Join(", ", options.Distinct())}.{Meant(token, options)}";
        }

        if (!isRoot) return $"'{token}' is one argument too many for '{path}'. Put a value with spaces in quotes.";
        string[] names = [.. command.Subcommands.Select(c => c.Name)];
        return $"'{token}' is no command; expected {string.Join(", ", names)}.{Meant(token, names)}";
    }

    private static string Meant(string token, string[] known) =>
        NearestNames.To(token, known) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
}
