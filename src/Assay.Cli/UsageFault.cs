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
        IEnumerable<string> messages = Unmatched(parsed, isRoot) is { } first ? [Unmatched(first, command, isRoot, path)]
            : parsed.Errors.Select(e => e.Message.TrimEnd()).Distinct(StringComparer.Ordinal);
        console.Complain($"{string.Join(" ", messages)} See '{path} --help'.");
        return ExitCodes.BadInput;
    }

    private static string? StrayOption(ParseResult parsed) =>
        Words(parsed).FirstOrDefault(w => w.StartsWith("--", StringComparison.Ordinal));

    // An unknown option takes the place of an argument, so that its value, or an argument, is the word too many.
    private static string? Unmatched(ParseResult parsed, bool isRoot)
    {
        if (StrayOption(parsed) is { } stray) return stray;
        if (parsed.UnmatchedTokens is not [string unmatched, ..]) return null;
        return isRoot ? unmatched : Words(parsed).Concat(parsed.UnmatchedTokens).FirstOrDefault(w => w.StartsWith('-')) ?? unmatched;
    }

    // What follows -- is meant as it is.
    private static IEnumerable<string> Words(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(a => a.Tokens).SkipLast(DoubleDash.Count(parsed)).Select(t => t.Value);

    private static string Unmatched(string token, Command command, bool isRoot, string path)
    {
        if (token.StartsWith('-'))
        {
            token = token.Split('=')[0];
            string[] options = [.. command.Options.Select(o => o.Name), "--help"];
            if (options.Contains(token)) return $"'{token}' stands before the command; put it behind, as in '{path} {token} …'.";
            return $"'{token}' is no option of '{path}'; expected {string.Join(", ", options.Distinct())}.{Meant(token, options)}";
        }

        if (!isRoot) return $"'{token}' is one argument too many for '{path}'. Put a value with spaces in quotes.";
        string[] names = [.. command.Subcommands.Select(c => c.Name)];
        return $"'{token}' is no command; expected {string.Join(", ", names)}.{Meant(token, names)}";
    }

    // A beginning counts as near, however much is left out.
    private static string Meant(string token, string[] known) =>
        (NearestNames.To(token, known) is [string nearest, ..] ? nearest
            : token.Length > "--x".Length ? known.FirstOrDefault(k => k.StartsWith(token, StringComparison.Ordinal)) : null) is { } meant
            ? $" Did you mean '{meant}'?" : "";
}
