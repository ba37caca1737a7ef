using System.Text;

namespace Assay.Cli.Tests.Commands;

/// <summary>Artifacts and data come out of a store: into files, into a pipe, and nowhere else.</summary>
public sealed class GetTests : IDisposable
{
    private readonly StoreFixture _store = SampleStore.Make();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_artifact_is_written_to_the_file_that_is_named_or_by_its_name()
    {
        string file = _folder.File("new", "model.onnx");

        Assert.Equal((0, $"wrote model (14 bytes) to {file}\n", ""), Get("best:accuracy", "model", "--output", file));
        Assert.Equal(SampleStore.Model, File.ReadAllText(file));
        Assert.Equal((0, $"wrote confusion (9 bytes) to {_folder.File("confusion.json")}\n", ""), Get("best:accuracy", "confusion"));
        Assert.Equal("[[1,0],[0,1]]", File.ReadAllText(_folder.File("confusion.json")));
        Assert.Equal(0, Get("best:accuracy", "model", "-o", _folder.Path).Exit);
        Assert.Equal(0, Get("best:accuracy", "model", "-o", _folder.File("other") + "/").Exit);
        Assert.Equal(["confusion.json", "model.txt", "new/model.onnx", "other/model.txt"], Written());
    }

    [Fact]
    public void All_of_a_run_goes_into_one_folder()
    {
        ToolResult result = Run("get", StoreFixture.Id(1), "--all");

        Assert.Equal(0, result.Exit);
        string folder = _folder.File(StoreFixture.Id(1)[..8]);
        Assert.Equal(
            $"wrote model (14 bytes) to {folder}/model.txt\nwrote confusion (9 bytes) to {folder}/confusion.json\n",
            result.Out.Replace('\\', '/'));
        Assert.Equal(2, Written().Length);
        ToolResult nothing = Run("get", "latest", "--all");
        Assert.Equal((1, ""), (nothing.Exit, nothing.Error));
        Assert.Contains("has no artifacts or data, so nothing was written", nothing.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_exists_is_kept_unless_it_may_be_replaced()
    {
        File.WriteAllText(_folder.File("model.txt"), "mine");
        ToolResult refused = Run("get", StoreFixture.Id(1), "--all", "-o", _folder.Path);

        Assert.Equal((2, ""), (refused.Exit, refused.Out));
        Assert.Contains($"'{_folder.File("model.txt")}' exists already; expected no file there.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        // Nothing at all was written.
        Assert.Equal(["model.txt"], Written());
        Assert.Equal("mine", File.ReadAllText(_folder.File("model.txt")));
        Assert.Equal(0, Get(StoreFixture.Id(1), "model", "--force").Exit);
        Assert.Equal(SampleStore.Model, File.ReadAllText(_folder.File("model.txt")));
    }

    [Theory]
    [InlineData("../x", "___x.txt")]
    [InlineData("../../../../etc/passwd", "___.._.._.._etc_passwd")]
    [InlineData("/etc/passwd", "_etc_passwd.txt")]
    [InlineData("..", "__.txt")]
    [InlineData(".", "_.txt")]
    [InlineData(".bashrc", "_bashrc.txt")]
    [InlineData("plots/loss.png", "plots_loss.png")]
    [InlineData("a\\\\b", "a_b.txt")]
    [InlineData("C:x", "C_x.txt")]
    [InlineData("a\\u0000b\\u001b[31m\\nc", "a_b_[31m_c.txt")]
    [InlineData("evil\\u202etxt.exe", "evil_txt.exe")]
    [InlineData("half \\ud83d pair", "half _ pair.txt")]
    [InlineData("con", "_con.txt")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("com1.log", "_com1.log")]
    [InlineData("trailing. ", "trailing.txt")]
    [InlineData("größe 🎲", "größe 🎲.txt")]
    [InlineData("-rf", "-rf.txt")]
    public void Whatever_an_artifact_is_called_its_file_is_in_the_folder(string name, string file)
    {
        using var store = new StoreFixture();
        store.Blob("content");
        store.Journal("a").Session().Begin(1).Artifact(1, name, "content").End(1);
        string before = store.Snapshot();

        Assert.Equal(0, RunAt(store, "get", "latest", "--all", "--output", _folder.File("out")).Exit);
        Assert.Equal(["out/" + file], Written());
        Assert.Equal("content", File.ReadAllText(_folder.File("out", file)));
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public void Names_that_would_be_one_file_get_numbers()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session().Begin(1);
        foreach (string name in (string[])["a/b", "a_b", "A:B", new string('x', 300), new string('x', 301)])
        {
            store.Blob(name);
            journal.Artifact(1, name, name);
        }

        journal.End(1);
        Assert.Equal(0, RunAt(store, "get", "latest", "--all", "-o", _folder.Path).Exit);
        string longest = new string('x', 96);
        Assert.Equal(["A_B-3.txt", "a_b-2.txt", "a_b.txt", longest + "-2.txt", longest + ".txt"], Written());
        Assert.Equal("a_b", File.ReadAllText(_folder.File("a_b-2.txt")));
    }

    [Fact]
    public void A_directory_is_written_as_one_and_never_outside_of_it()
    {
        using var store = new StoreFixture();
        store.Blob("one");
        string good = Manifest("config", "layers/one.bin", "odd\\u001bname");
        string[] evil = [Manifest("../x"), Manifest("a", "/tmp/x"), Manifest("a/../../x"), Manifest("")];
        JournalFixture journal = store.Journal("a").Session().Begin(1);
        foreach ((int i, string manifest) in evil.Prepend(good).Index())
        {
            store.Blob(manifest);
            journal.Artifact(1, $"tree{i}", manifest, kind: "directory");
        }

        journal.End(1);
        Assert.Equal(
            $"wrote tree0 (3 files, {good.Length} bytes) to {_folder.File("tree0")}\n", RunAt(store, "get", "latest", "tree0").Out);
        string[] whole = ["tree0/config", "tree0/layers/one.bin", "tree0/odd_name"];
        Assert.Equal(whole, Written());
        for (int i = 1; i <= evil.Length; i++)
        {
            ToolResult result = RunAt(store, "get", "latest", $"tree{i}", "--output", _folder.File("deep", "er"));
            Assert.Equal((3, ""), (result.Exit, result.Out));
            Assert.Contains("leads out of", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(whole, Written());
    }

    [Fact]
    public void Links_in_the_folder_lead_nowhere()
    {
        using var store = new StoreFixture();
        store.Blob("one");
        string manifest = Manifest("config", "layers/one.bin");
        store.Blob(manifest);
        store.Journal("a").Session().Begin(1).Artifact(1, "tree", manifest, kind: "directory").Artifact(1, "file", "one").End(1);
        string outside = Directory.CreateDirectory(_folder.File("outside")).FullName, inside = _folder.File("in");
        Directory.CreateDirectory(Path.Combine(inside, "tree"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "tree", "layers"), outside);
        File.CreateSymbolicLink(Path.Combine(inside, "file.txt"), Path.Combine(outside, "file"));

        Assert.Contains("is a link", Refused("get", "latest", "tree", "--output", inside, "--force"), StringComparison.Ordinal);
        Assert.Contains("is a link", Refused("get", "latest", "file", "--output", inside, "--force"), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(inside, "tree"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(inside, "tree"), outside);
        Assert.Contains("is a link", Refused("get", "latest", "tree", "--output", inside), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));

        string Refused(params string[] call)
        {
            ToolResult result = RunAt(store, call);
            Assert.Equal((2, ""), (result.Exit, result.Out));
            return result.Error;
        }
    }

    [Fact]
    public void Standard_output_gets_the_very_bytes()
    {
        using var output = new MemoryStream();
        ToolResult result = Run(() => output, "get", StoreFixture.Id(1), "model", "--output", "-");

        Assert.Equal((0, "", ""), (result.Exit, result.Out, result.Error));
        Assert.Equal(SampleStore.Model, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("--output is '-', and standard output is a terminal; expected a file or a pipe", "model", "--output", "-")]
    [InlineData("--all writes several files, and --output - is one stream", "--all", "--output", "-")]
    [InlineData("'model' is named, and --all is given; expected one of them.", "model", "--all")]
    [InlineData("has no artifact or data 'modl'; it has 'model', 'confusion'. Did you mean 'model'?", "modl")]
    [InlineData("no artifact is named; run ")]
    public void What_does_not_fit_is_refused(string message, params string[] arguments)
    {
        ToolResult result = Run(["get", StoreFixture.Id(1), .. arguments]);

        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    [Fact]
    public void Damaged_content_is_not_given()
    {
        File.WriteAllText(_store.BlobPath(SampleStore.Model), "weights: 6 6 6");
        using var output = new MemoryStream();

        Assert.Equal(3, Get(StoreFixture.Id(1), "model").Exit);
        ToolResult result = Run(() => output, "get", StoreFixture.Id(1), "model", "--output", "-");
        Assert.Equal((3, 0L), (result.Exit, output.Length));
        Assert.Contains("it is damaged", result.Error, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    [Fact]
    public void The_answer_as_json_tells_every_file() => Approved.Matches("get",
        Run("get", StoreFixture.Id(1), "--all", "--json").Replacing(_folder.Path, "FOLDER").Without(_store.Path).ToString());

    private static string Manifest(params string[] paths)
    {
        string sha256 = StoreFixture.Hash("one");
        return $"{{\"files\":[{string.Join(',', paths.Select(p => $"{{\"path\":\"{p}\",\"size\":3,\"sha256\":\"{sha256}\"}}"))}]}}";
    }

    private (int Exit, string Out, string Error) Get(params string[] arguments)
    {
        ToolResult result = Run(["get", .. arguments]);
        return (result.Exit, result.Out, result.Error);
    }

    private ToolResult Run(params string[] arguments) => RunAt(_store, arguments);

    private ToolResult Run(Func<Stream>? bytes, params string[] arguments) =>
        Tool.Run(TimeProvider.System, null, [.. arguments, "--store", _store.Path], folder: _folder.Path, bytes: bytes);

    private ToolResult RunAt(StoreFixture store, params string[] arguments) =>
        Tool.Run(TimeProvider.System, null, [.. arguments, "--store", store.Path], folder: _folder.Path);

    private string[] Written() =>
    [
        .. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder.Path, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];
}
