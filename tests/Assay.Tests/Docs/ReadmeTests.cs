using System.Text.RegularExpressions;

namespace Assay.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_code_on_the_first_page_runs_as_it_stands()
    {
        using var folder = new TempFolder();
        string code = CodeBlock().Match(File.ReadAllText(Repository.File("README.md"))).Groups[1].Value;
        string project = Repository.File("src", "Assay", "Assay.csproj");
        File.WriteAllText(folder.File("descent.cs"), $"#:project {project}\n#:property PublishAot=false\n{code}");

        (int exitCode, string output, string error) = RealProcess.Run(
            folder.Path, new Dictionary<string, string?> { ["ASSAY_DIR"] = folder.File("store") }, "dotnet", "run", "descent.cs");

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("30 runs: 30 success", output, StringComparison.Ordinal);
        Assert.Equal(31, File.ReadAllLines(folder.File("descent.csv")).Length);
        Assert.Matches(@"(?m)^\d\.\d+(E-\d+)?$", output);
    }

    [Fact]
    public void Every_link_of_the_pages_leads_somewhere()
    {
        string[] pages =
        [
            Repository.File("README.md"), Repository.File("CONTRIBUTING.md"),
            .. Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories),
        ];
        string[] broken =
        [
            .. from page in pages
               from Match link in Link().Matches(File.ReadAllText(page))
               let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)
               where !File.Exists(target)
               select $"{page}: {link.Groups[1].Value}",
        ];

        Assert.Empty(broken);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(((?!https?:|#)[^)#]+)")]
    private static partial Regex Link();
}
