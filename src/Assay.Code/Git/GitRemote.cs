using System.Text.RegularExpressions;

namespace Assay;

/// <summary>Finds the address a repository was cloned from in its configuration; a call of git for one line would double the cost of starting a run.</summary>
internal static partial class GitRemote
{
    /// <param name="config">The lines of the repository's <c>config</c>.</param>
    public static string? Read(IEnumerable<string> config)
    {
        string? remote = null, first = null;
        foreach (string line in config)
        {
            if (Section().Match(line) is { Success: true } section) remote = section.Groups["name"].Success ? section.Groups["name"].Value : null;
            else if (remote is not null && Address().Match(line) is { Success: true } address)
            {
                string url = WithoutSecret(address.Groups["url"].Value.Trim('"'));
                if (remote == "origin") return url;
                first ??= url;
            }
        }

        return first;
    }

    /// <summary>A user's name may stay, a password or a token may not: records are copied and shown.</summary>
    private static string WithoutSecret(string url) => Credentials().Replace(url, "$1");

    [GeneratedRegex("""^\s*\[\s*(?:remote\s+"(?<name>[^"]*)"|[^\]]*)\s*\]""")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*url\s*=\s*(?<url>.*?)\s*$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@")]
    private static partial Regex Credentials();
}
