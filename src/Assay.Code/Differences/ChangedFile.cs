using System.Globalization;
using System.Text;

namespace Assay;

/// <summary>A file that differs between the sides of a <see cref="CodeDiff"/>. Immutable.</summary>
/// <param name="Path">The path relative to the root of the repository, with slashes; on the second side, unless it is gone there.</param>
/// <param name="OldPath">The path on the first side, where it differs; else null.</param>
/// <param name="Status">
/// <c>added</c>, <c>removed</c>, <c>modified</c>, <c>renamed</c>, <c>copied</c> or <c>type</c> (a file, a link or a submodule became
/// another of these).
/// </param>
/// <param name="Added">The number of lines added; null when it is no text.</param>
/// <param name="Removed">The number of lines removed; null when it is no text.</param>
public sealed record ChangedFile(string Path, string? OldPath, string Status, long? Added, long? Removed)
{
    /// <summary>Reads the output of <c>git diff-tree --raw --numstat -z</c>.</summary>
    internal static IReadOnlyList<ChangedFile> Parse(byte[] output)
    {
        string[] parts = Encoding.UTF8.GetString(output).Split('\0');
        var files = new OrderedDictionary<string, ChangedFile>(StringComparer.Ordinal);
        int at = 0;
        while (at < parts.Length && parts[at].StartsWith(':'))
        {
            // The form is ":mode mode hash hash status", then the path, or two of them.
            char status = parts[at].Split(' ')[^1][0];
            bool two = status is 'R' or 'C';
            string path = parts[at + (two ? 2 : 1)];
            files[path] = new ChangedFile(path, two ? parts[at + 1] : null, Word(status), null, null);
            at += two ? 3 : 2;
        }

        while (at < parts.Length && parts[at].Length > 0)
        {
            string[] counts = parts[at].Split('\t', 3);
            bool two = counts[2].Length == 0;
            string path = two ? parts[at + 2] : counts[2];
            files[path] = files[path] with { Added = Number(counts[0]), Removed = Number(counts[1]) };
            at += two ? 3 : 1;
        }

        return [.. files.Values];
    }

    // Git writes a dash for files without lines.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string Word(char status) =>
        status switch { 'A' => "added", 'D' => "removed", 'R' => "renamed", 'C' => "copied", 'T' => "type", _ => "modified" };
}
