using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Tests;

[Trait("Category", "Quick")]
public sealed partial class RunIdentityTests
{
    private static readonly RunIdentity Identity = new("e", "1", "", "");

    public static TheoryData<string, string> Vectors
    {
        get
        {
            var vectors = new TheoryData<string, string>();
            string note = File.ReadAllText(Repository.File("docs", "design", "0001-identity.md"));
            foreach (Match row in VectorRow().Matches(note)) vectors.Add(row.Groups[1].Value, row.Groups[2].Value);
            return vectors;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Ids_are_those_of_the_design_note(string canonicalParams, string id) =>
        Assert.Equal(id, Id(Identity, canonicalParams, new SeedBundle(42, 0)));

    [Fact]
    public void The_design_note_has_vectors() => Assert.Equal(7, Vectors.Count);

    [Fact]
    public void Every_part_of_the_identity_changes_the_id()
    {
        string[] ids =
        [
            Id(Identity, "1", new SeedBundle(42, 0)),
            Id(Identity, "2", new SeedBundle(42, 0)),
            Id(Identity, "1", new SeedBundle(43, 0)),
            Id(Identity, "1", new SeedBundle(42, 1)),
            Id(Identity, "1", new SeedBundle(42, 0, "p")),
            Id(new RunIdentity("f", "1", "", ""), "1", new SeedBundle(42, 0)),
            Id(new RunIdentity("e", "2", "", ""), "1", new SeedBundle(42, 0)),
            Id(new RunIdentity("e", "1", "c", ""), "1", new SeedBundle(42, 0)),
            Id(new RunIdentity("e", "1", "", "c"), "1", new SeedBundle(42, 0)),
        ];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_file_is_identified_by_its_content_and_not_by_path_or_time()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a.csv"), "x,y\n1,2\n");
        File.WriteAllText(folder.File("b.csv"), "x,y\n1,2\n");
        File.SetLastWriteTimeUtc(folder.File("b.csv"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        string before = Form.Of(new FileRef(folder.File("a.csv")));

        Assert.Equal(before, Form.Of(new FileRef(folder.File("b.csv"))));

        File.WriteAllText(folder.File("a.csv"), "x,y\n1,3\n");
        Assert.NotEqual(before, Form.Of(new FileRef(folder.File("a.csv"))));
    }

    [Fact]
    public void A_folder_is_identified_by_relative_paths_and_contents()
    {
        using var folder = new TempFolder();
        string Make(string name, params (string Path, string Text)[] files)
        {
            foreach ((string path, string text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name, path))!);
                File.WriteAllText(folder.File(name, path), text);
            }

            return Form.Of(new DirectoryRef(folder.File(name)));
        }

        string one = Make("one", ("a", "bc"), ("sub/x", "y"));

        Assert.Equal(one, Make("two", ("sub/x", "y"), ("a", "bc")));
        Assert.NotEqual(one, Make("three", ("ab", "c"), ("sub/x", "y")));
        Assert.NotEqual(one, Make("four", ("a", "bcy"), ("sub/x", "")));
        Assert.NotEqual(one, Make("five", ("a", "bc"), ("x", "y")));
    }

    private static string Id(RunIdentity identity, string canonicalParams, SeedBundle seed) =>
        Fingerprint.Hex(identity.IdOf(new JsonBuffer(), Encoding.UTF8.GetBytes(canonicalParams), seed));

    [GeneratedRegex(@"(?m)^\| `(.+)` \| `([0-9a-f]{32})` \|$")]
    private static partial Regex VectorRow();
}
