using System.Xml.Linq;

namespace Assay.Tests.Architecture;

/// <summary>
/// The arrows between projects: a project exists for a dependency or an audience, and refers to nothing but what stands here.
/// </summary>
[Trait("Category", "Quick")]
public class ProjectReferenceTests
{
    // Chat, Workflows, Slurm, Postgres and Dashboard are planned. A project that is not here is a decision of the architecture.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Assay.Tables"] = [],
        ["Assay.Avro"] = ["Assay.Tables"],
        ["Assay.Excel"] = ["Assay.Tables"],
        ["Assay.Store"] = ["Assay.Tables"],
        ["Assay.Code"] = ["Assay.Store"],
        ["Assay"] = ["Assay.Store", "Assay.Code"],
        ["Assay.Analysis"] = ["Assay.Store"],
        ["Assay.Forest"] = ["Assay.Analysis"],
        ["Assay.Chat"] = ["Assay", "Assay.Analysis"],
        ["Assay.Workflows"] = ["Assay", "Assay.Chat", "Assay.Analysis"],
        ["Assay.Slurm"] = ["Assay"],
        ["Assay.Postgres"] = ["Assay.Store"],
        ["Assay.Questions"] = ["Assay.Store", "Assay.Code", "Assay.Analysis"],
        ["Assay.Import"] = ["Assay.Store"],
        ["Assay.Dashboard"] = ["Assay.Questions"],
        ["Assay.Cli"] =
        [
            "Assay.Tables", "Assay.Avro", "Assay.Excel", "Assay.Store", "Assay.Code", "Assay", "Assay.Analysis", "Assay.Chat",
                "Assay.Workflows", "Assay.Slurm", "Assay.Postgres",
            "Assay.Questions", "Assay.Import", "Assay.Dashboard",
        ],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.File("src")).Select(d => Path.GetFileName(d)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_projects_below_it(string project)
    {
        Assert.True(Arrows.TryGetValue(project, out string[]? allowed), $"{project} is not among the projects of the architecture");
        Assert.Empty(References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))
            .Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_stands_in_a_folder_of_its_name(string project) =>
        Assert.Equal([project + ".csproj"], Directory.GetFiles(Repository.File("src", project), "*.csproj").Select(Path.GetFileName));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_shows_its_internals_to_tests_only(string project) =>
        Assert.DoesNotContain(References(project, "InternalsVisibleTo"), Arrows.ContainsKey);

    [Fact]
    public void Tables_need_only_the_libraries_of_their_formats() => Assert.Equal(
        ["Apache.Arrow", "Apache.Arrow.Compression", "Parquet.Net"], References("Assay.Tables", "PackageReference").Order());

    [Fact]
    public void The_core_needs_only_what_it_shows_and_logs_with() => Assert.Equal(
        ["Microsoft.Extensions.Logging.Abstractions", "Spectre.Console"], References("Assay", "PackageReference").Order());

    [Fact]
    public void The_store_needs_only_the_library_of_its_index_and_that_of_the_terminal() => Assert.Equal(
        ["Apache.Arrow", "Spectre.Console"], References("Assay.Store", "PackageReference").Order());

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Assert.All(
        Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/artifacts/", StringComparison.Ordinal)),
        file => Assert.DoesNotContain(XDocument.Load(file).Descendants("PackageReference"), r => r.Attribute("Version") is not null));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.File("src", project, project + ".csproj")).Descendants(kind).Select(r => r.Attribute("Include")!.Value);
}
