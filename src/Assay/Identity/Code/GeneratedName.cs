using System.Text.RegularExpressions;

namespace Assay;

/// <summary>A name that the compiler made: <c>&lt;inner&gt;K__suffix</c>. Its ordinals change with other code in the file.</summary>
internal readonly partial record struct GeneratedName(string Inner, char Kind, string Suffix)
{
    public const char Lambda = 'b';
    public const char LocalFunction = 'g';
    public const char Closure = 'c';
    public const char StateMachine = 'd';
    public const char CallSites = 'o';
    public const char DelegateCache = 'O';
    public const char Anonymous = 'f';
    public const char BackingField = 'k';
    public const char This = '4';
    public const char OuterClosure = '8';

    private const string LocalsPrefix = "CS$";

    /// <summary>Parses a name. Null for declared names, including those of explicit implementations, which may contain brackets.</summary>
    public static GeneratedName? Of(string name)
    {
        int start = name.StartsWith(LocalsPrefix, StringComparison.Ordinal) ? LocalsPrefix.Length : 0;
        if (start >= name.Length || name[start] != '<' || MatchingBracket(name, start) is not (> 0 and var end)) return null;
        string inner = name[(start + 1)..end], rest = name[(end + 1)..];
        return rest.Length == 0 ? new GeneratedName(inner, '\0', "") : new GeneratedName(inner, rest[0], rest[1..].TrimStart('_'));
    }

    /// <summary>The name without ordinals, which does not depend on other code in the file.</summary>
    public static string Stem(string name)
    {
        name = FileLocalPrefix().Replace(name, "");
        if (Of(name) is not { } generated) return name;
        if (generated.Kind == BackingField) return generated.Inner;
        return generated.Inner.Length > 0 && generated.Inner.All(char.IsAsciiDigit)
            ? $"<>{generated.Kind}{generated.Suffix}"
            : name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_');
    }

    /// <summary>The declared name of a file-local type, which follows a hash of the file's path; null for other types.</summary>
    public static string? DeclaredFileLocal(string name)
    {
        if (FileLocalPrefix().Match(name) is not { Success: true, Index: 0, Length: var length }) return null;
        string stem = name[length..];
        int ordinal = stem.LastIndexOf('_');
        return ordinal > 0 && stem[(ordinal + 1)..].All(char.IsAsciiDigit) ? stem[..ordinal] : stem;
    }

    // The name of an explicit implementation of a file-local interface contains the prefix in the middle.
    [GeneratedRegex("<[^<>]*>F[0-9A-F]{64}__", RegexOptions.CultureInvariant)]
    private static partial Regex FileLocalPrefix();

    private static int MatchingBracket(string name, int start)
    {
        int depth = 0;
        for (int i = start; i < name.Length; i++)
        {
            if (name[i] == '<') depth++;
            else if (name[i] == '>' && --depth == 0) return i;
        }

        return -1;
    }
}
