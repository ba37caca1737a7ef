using System.Runtime.CompilerServices;

namespace Assay.Tests.Seeds;

/// <summary>Reads tables of test vectors from the design notes, so that the notes and the code agree.</summary>
internal static class SeedVectors
{
    public static IEnumerable<string[]> Table(string page, string heading, [CallerFilePath] string source = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", ".."));
        string[] lines = File.ReadAllLines(Path.Combine(root, "docs", "design", page));
        string[] rows = [.. lines.SkipWhile(line => !line.StartsWith("### Vectors: " + heading, StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)];
        Assert.NotEmpty(rows);
        return rows.Select(row => row.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());
    }
}
