using System.Text.RegularExpressions;

namespace Assay.Cli.Tests.Reference;

/// <summary>The links of the documentation, as GitHub follows them.</summary>
[Trait("Category", "Quick")]
public sealed partial class LinkTests
{
    private static IEnumerable<string> Pages =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Every_link_has_its_file_and_its_heading() => Assert.Empty(
        from page in Pages
        from link in Links().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value)
        where !link.Contains(':', StringComparison.Ordinal)
        let parts = link.Split('#')
        let target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]))
        where !Path.Exists(target) || (parts.Length > 1 && !Anchors(target).Contains(parts[1]))
        select $"{Path.GetRelativePath(Repository.Root, page)}: {link}");

    [Fact]
    public void Each_guide_and_the_README_lead_into_the_reference_of_CSharp() => Assert.All(
        Directory.GetFiles(Repository.File("docs", "guides"), "*.md").Append(Repository.File("README.md")),
        page => Assert.Contains("reference/api/", File.ReadAllText(page), StringComparison.Ordinal));

    /// <summary>What GitHub calls the headings of a page: lower case, without punctuation, with hyphens for spaces.</summary>
    private static HashSet<string> Anchors(string page) =>
    [
        .. File.ReadLines(page).Where(line => line.StartsWith('#')).Select(
            line => Punctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();
}
