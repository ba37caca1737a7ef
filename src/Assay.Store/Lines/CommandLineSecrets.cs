using System.Text.RegularExpressions;

namespace Assay.Journals;

/// <summary>Keeps passwords and keys on a command line out of records, which are copied, shown and read by others.</summary>
internal static partial class CommandLineSecrets
{
    private const string Mask = "***";

    /// <summary>The arguments with the values of options like <c>--api-key</c> and <c>--password=…</c> masked.</summary>
    public static IEnumerable<string> Masked(IEnumerable<string> arguments)
    {
        bool next = false;
        foreach (string argument in arguments)
        {
            Match secret = Secret().Match(argument);
            yield return next && !argument.StartsWith('-') ? Mask : secret is { Success: true, Groups: var g } && g["value"].Success ? g["name"].Value + g["sign"].Value + Mask : argument;
            next = secret.Success && !secret.Groups["value"].Success && argument.StartsWith('-');
        }
    }

    [GeneratedRegex("^(?<name>(?:--?|/)?[A-Za-z0-9_.-]*(?:password|passwd|secret|token(?![si])|api[-_]?key|access[-_]?key|credential)[A-Za-z0-9_.-]*)(?:(?<sign>[=:])(?<value>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
