using System.Xml.Linq;

namespace Assay.Tests.Architecture;

/// <summary>The arrows between projects: a project exists for a dependency or an audience, and refers to nothing but what stands here.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Assay.Tables"] = [],
        ["Assay.Excel"] = ["Assay.Tables"],
        ["Assay"] = ["Assay.Tables"],
        ["Assay.Analysis"] = ["Assay"],
        ["Assay.Chat"] = ["Assay"],
        ["Assay.Workflows"] = ["Assay", "Assay.Chat"],
        ["Assay.Slurm"] = ["Assay"],
        ["Assay.Postgres"] = ["Assay"],
        ["Assay.Dashboard"] = ["Assay", "Assay.Analysis"],
        ["Assay.Questions"] = ["Assay"],
        ["Assay.Cli"] = ["Assay.Questions", "Assay.Tables", "Assay.Excel", "Assay", "Assay.Analysis", "Assay.Chat", "Assay.Workflows", "Assay.Slurm", "Assay.Postgres", "Assay.Dashboard"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.File("src")).Select(d => Path.GetFileName(d)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_projects_below_it(string project)
    {
        Assert.True(Arrows.TryGetValue(project, out string[]? allowed), $"{project} is not among the projects of the architecture");
        Assert.Empty(References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_stands_in_a_folder_of_its_name(string project) =>
        Assert.Equal([project + ".csproj"], Directory.GetFiles(Repository.File("src", project), "*.csproj").Select(Path.GetFileName));

    [Fact]
    public void Tables_need_no_package_at_all() => Assert.Empty(References("Assay.Tables", "PackageReference"));

    [Fact]
    public void The_core_needs_only_what_it_shows_and_logs_with() => Assert.Equal(
        ["Microsoft.Extensions.Logging.Abstractions", "Spectre.Console"], References("Assay", "PackageReference").Order());

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Assert.All(
        Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(f => !f.Contains("/artifacts/", StringComparison.Ordinal)),
        file => Assert.DoesNotContain(XDocument.Load(file).Descendants("PackageReference"), r => r.Attribute("Version") is not null));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.File("src", project, project + ".csproj")).Descendants(kind).Select(r => r.Attribute("Include")!.Value);
}
