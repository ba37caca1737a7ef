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
            bool hasValue = secret.Groups["value"].Success;
            if (next && !argument.StartsWith('-')) yield return Mask;
            else yield return hasValue ? secret.Groups["name"].Value + secret.Groups["sign"].Value + Mask : argument;
            next = secret.Success && !hasValue && argument.StartsWith('-');
        }
    }

    private const string Names = "password|passwd|secret|token(?![si])|api[-_]?key|access[-_]?key|credential";

    [GeneratedRegex(
        $"^(?<name>(?:--?|/)?[A-Za-z0-9_.-]*(?:{Names})[A-Za-z0-9_.-]*)(?:(?<sign>[=:])(?<value>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
