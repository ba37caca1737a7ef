using System.CommandLine;
using System.CommandLine.Parsing;

namespace Assay.Cli;

/// <summary>The words behind <c>--</c>, which the parser deals out like those before it.</summary>
internal static class DoubleDash
{
    /// <summary>How many of the last words stand behind it.</summary>
    public static int Count(ParseResult parsed)
    {
        int at = parsed.Tokens.Select(t => t.Type).ToList().IndexOf(TokenType.DoubleDash);
        return at < 0 ? 0 : parsed.Tokens.Count - at - 1;
    }

    /// <summary>Deals the words of positional parameters out anew, where one of them takes those behind the dashes.</summary>
    /// <exception cref="AssayException">Words in front of the dashes are left over.</exception>
    public static void Deal(ParseResult parsed, Dictionary<Parameter, IReadOnlyList<string>> words, IReadOnlyList<Parameter> positional)
    {
        if (positional is not [var first, { IsBehindDashes: true } second]) return;
        string[] all = [.. positional.SelectMany(p => words.GetValueOrDefault(p) ?? [])];
        int behind = Count(parsed);
        if (first.Words.Most == 1 && all.Length - behind != 1)
        {
            string given = string.Join(' ', all[..^behind]);
            throw new AssayException($"'{given}' is no single {first.Name}; expected one. Put the {second.Name} behind --.");
        }

        words[first] = all[..^behind];
        words[second] = all[^behind..];
    }
}
