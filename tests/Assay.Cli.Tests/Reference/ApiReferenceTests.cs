namespace Assay.Cli.Tests.Reference;

/// <summary>Holds <c>docs/reference/api</c> to the XML documentation of the packages.</summary>
[Trait("Category", "Quick")]
public sealed class ApiReferenceTests
{
    private static readonly string Folder = Repository.File("docs", "reference", "api");

    [Fact]
    public void The_reference_is_made_from_the_documentation()
    {
        (string Name, string Text)[] pages = [.. new ApiPages().All()];
        var stale = new List<string>();
        foreach ((string name, string text) in pages)
        {
            string path = Path.Combine(Folder, name);
            if (File.Exists(path) && File.ReadAllText(path) == text) continue;
            stale.Add(name);
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.ChangeExtension(path, ".received.txt"), text);
        }

        IEnumerable<string> present = Directory.GetFiles(Folder, "*.md").Select(path => Path.GetFileName(path));
        string[] left = [.. present.Except(pages.Select(page => page.Name))];
        Assert.True(
            stale.Count == 0,
            $"docs/reference/api is stale in {string.Join(", ", stale)}. The pages as they should be are beside them; take them over:\n"
                + "for page in docs/reference/api/*.received.txt; do mv \"$page\" \"${page%.received.txt}.md\"; done");
        Assert.True(left.Length == 0, $"docs/reference/api has pages without types; delete {string.Join(", ", left)}");
    }
}
