using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Assay;

/// <summary>
/// A name the C# compiler made up, taken apart: <c>&lt;inner&gt;K__suffix</c>. The ordinals in such names shift when code elsewhere
/// in the file changes, so they never enter a fingerprint.
/// </summary>
/// <param name="Inner">What stands between the angle brackets: the member it was made for, or nothing.</param>
/// <param name="Kind">The letter after the brackets, which says what it is; <c>'\0'</c> when there is none.</param>
/// <param name="Suffix">What follows the letter, without leading underscores.</param>
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

    /// <summary>Takes a name apart; false when a person chose it (an explicit interface implementation may hold brackets, too).</summary>
    public static bool TryParse(string name, out GeneratedName generated)
    {
        generated = default;
        int start = name.StartsWith(LocalsPrefix, StringComparison.Ordinal) ? LocalsPrefix.Length : 0;
        if (start >= name.Length || name[start] != '<') return false;

        int end = MatchingBracket(name, start);
        if (end < 0) return false;
        string inner = name[(start + 1)..end];
        string rest = name[(end + 1)..];
        generated = rest.Length == 0
            ? new GeneratedName(inner, '\0', "")
            : new GeneratedName(inner, rest[0], rest[1..].TrimStart('_'));
        return true;
    }

    /// <summary>The name without ordinals: what is left is the same however the rest of the file changes.</summary>
    public static string Stem(string name)
    {
        name = FileMark().Replace(name, "");
        if (!TryParse(name, out GeneratedName generated)) return name;
        if (generated.Kind == BackingField) return generated.Inner;
        return generated.Inner.Length > 0 && generated.Inner.All(char.IsAsciiDigit)
            ? $"<>{generated.Kind}{generated.Suffix}"
            : name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_');
    }

    /// <summary>
    /// The name a person wrote for a file-local type. The compiler puts a hash of the file's path before it, and
    /// source generators number such types across the project.
    /// </summary>
    public static bool TryFileLocal(string name, [NotNullWhen(true)] out string? written)
    {
        written = null;
        Match mark = FileMark().Match(name);
        if (!mark.Success || mark.Index > 0) return false;
        string stem = name[mark.Length..];
        int ordinal = stem.LastIndexOf('_');
        written = ordinal > 0 && stem[(ordinal + 1)..].All(char.IsAsciiDigit) ? stem[..ordinal] : stem;
        return true;
    }

    // Explicit implementations of a file-local interface carry it in the middle of their names.
    [GeneratedRegex("<[^<>]*>F[0-9A-F]{64}__", RegexOptions.CultureInvariant)]
    private static partial Regex FileMark();

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
