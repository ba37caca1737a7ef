using System.CommandLine;
using System.CommandLine.Parsing;

namespace Assay.Cli;

/// <summary>The arguments behind <c>--</c>, which the parser deals out like those before it.</summary>
internal static class DoubleDash
{
    /// <summary>How many of the last arguments stand behind it.</summary>
    public static int Count(ParseResult parsed)
    {
        int at = parsed.Tokens.Select(t => t.Type).ToList().IndexOf(TokenType.DoubleDash);
        return at < 0 ? 0 : parsed.Tokens.Count - at - 1;
    }

    /// <summary>Deals all arguments of a command out anew.</summary>
    public static (string[] Before, string[] Behind) Split(ParseResult parsed, params IEnumerable<string>[] arguments)
    {
        string[] all = [.. arguments.SelectMany(a => a)];
        int behind = Count(parsed);
        return (all[..^behind], all[^behind..]);
    }
}
