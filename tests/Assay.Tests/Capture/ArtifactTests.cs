using System.Text;

namespace Assay.Tests.Capture;

public class ArtifactTests
{
    [Fact]
    public Task Artifacts_of_every_kind_come_back() => Captured.By(
        run =>
        {
            File.WriteAllText(Path.Combine(run.ScratchFolder, "Plot.PNG"), "pixels");
            Directory.CreateDirectory(Path.Combine(run.ScratchFolder, "model", "layers"));
            File.WriteAllText(Path.Combine(run.ScratchFolder, "model", "config"), "c");
            File.WriteAllText(Path.Combine(run.ScratchFolder, "model", "layers", "one.bin"), "11");
            run.Artifact("text", "größe", "md", new { author = "me", rating = 5 });
            run.Artifact("bytes", new byte[] { 0, 1, 255 });
            run.Artifact("stream", new MemoryStream(Encoding.UTF8.GetBytes("xxstreamed")) { Position = 2 }, "log");
            run.ArtifactJson("json", new { a = new[] { 1, 2 }, nan = double.NaN });
            run.ArtifactFile("file", Path.Combine(run.ScratchFolder, "Plot.PNG"));
            run.ArtifactDirectory("folder", Path.Combine(run.ScratchFolder, "model"));
        },
        run =>
        {
            Assert.Equal(
                ["text text md 7", "bytes bytes bin 3", "stream bytes log 8", "json json json 23", "file file png 6", "folder directory "
                    + "json 3"],
                run.Artifacts.Select(a => $"{a.Name} {a.Kind} {a.Format} {a.Size}"));
            Assert.Equal(("me", 5L), ((string)run.Artifacts[0].Metadata["author"]!, (long)run.Artifacts[0].Metadata["rating"]!));
            Assert.Equal("größe", run.ArtifactText("text"));
            Assert.Equal("streamed", run.ArtifactText("stream"));
            Assert.Equal("""{"a":[1,2],"nan":"NaN"}""", run.ArtifactText("json"));
            using var folder = new TempFolder();
            run.SaveArtifact("bytes", folder.File("new", "b.bin"));
            run.SaveArtifact("file", folder.File("f.png"));
            run.SaveArtifact("folder", folder.File("m"));
            Assert.Equal([0, 1, 255], File.ReadAllBytes(folder.File("new", "b.bin")));
            Assert.Equal("pixels", File.ReadAllText(folder.File("f.png")));
            Assert.Equal(("c", "11"),
                (File.ReadAllText(folder.File("m", "config")), File.ReadAllText(folder.File("m", "layers", "one.bin"))));
        });

    [Theory]
    [InlineData("plots/loss.png")]
    [InlineData("../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a:b*?\"<>|")]
    [InlineData("größe 🎲")]
    public async Task A_name_is_a_name_and_no_path(string name)
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("names", (_, run) => run.Artifact(name, "content")).Over(Space.Values(0))
            .RunAsync(store.Options);
        Assert.Equal("content", results[0].ArtifactText(name));
        Assert.Equal(["store"], Directory.GetFileSystemEntries(store.Around).Select(Path.GetFileName));
        Assert.Single(Directory.GetFiles(Path.Combine(store.Path, "artifacts"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Equal_content_is_stored_once_whoever_stores_it_and_however()
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("equal", (n, run) =>
        {
            run.Artifact("text", new string('x', 100_000));
            run.Artifact("stream", new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 100_000))));
        }).Over(Space.From(Enumerable.Range(0, 20))).RunAsync(store.Options with { Parallel = 4 });
        Assert.Equal(20, results.Successful.Count);
        Assert.Single(results.SelectMany(r => r.Artifacts).Select(a => a.Sha256).Distinct());
        string blob = Assert.Single(Directory.GetFiles(Path.Combine(store.Path, "artifacts"), "*", SearchOption.AllDirectories));
        Assert.Equal(results[0].Artifacts[0].Sha256, Path.GetFileName(Path.GetDirectoryName(blob)) + Path.GetFileName(blob));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(blob))),
            results[0].Artifacts[0].Sha256);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_nothing_behind()
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("broken", (_, run) => run.Artifact("half", new BreakingStream()))
            .Over(Space.Values(0)).RunAsync(store.Options);
        Assert.Equal("the line is dead", results[0].Error!.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(store.Path, "artifacts"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_blob_that_was_cut_off_is_mended_by_writing_it_again()
    {
        using var store = new TestStore();
        Experiment<int> experiment = Experiment.Create<int>("mend", (_, run) => run.Artifact("text", "whole content"))
            .Over(Space.Values(0));
        await experiment.RunAsync(store.Options);
        string blob = Directory.GetFiles(Path.Combine(store.Path, "artifacts"), "*", SearchOption.AllDirectories)[0];
        await File.WriteAllTextAsync(blob, "whole");
        Results results = await experiment.RunAsync(store.Options with { Resume = ResumeMode.All });
        Assert.Equal("whole content", results[0].ArtifactText("text"));
    }

    [Fact]
    public async Task The_store_may_move_with_everything_in_it()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("move", (_, run) => run.Artifact("text", "content")).Over(Space.Values(0)).RunAsync(store.Options);
        Directory.Move(store.Path, store.File("elsewhere"));
        Assert.Equal("content", Store.Open(store.File("elsewhere")).LoadAll()[0].ArtifactText("text"));
    }

    [Fact]
    public async Task A_file_or_folder_that_is_not_there_is_told_with_the_place_looked_for()
    {
        Assert.Contains($"artifact 'f': the file 'no.png' does not exist (looked for {Path.GetFullPath("no.png")}). Expected a file; write "
            + "it before keeping it",
            await Captured.Fault(run => run.ArtifactFile("f", "no.png")), StringComparison.Ordinal);
        Assert.Contains("artifact 'd': the folder 'nowhere' does not exist",
            await Captured.Fault(run => run.ArtifactDirectory("d", "nowhere")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_cannot_be_stored_is_told_with_its_path() => Assert.Contains(
        "the metadata of artifact 'a' cannot be stored: at 'when': a value of type System.RuntimeType",
        await Captured.Fault(run => run.Artifact("a", "text", metadata: new { when = typeof(int) })), StringComparison.Ordinal);

    [Fact]
    public async Task A_manifest_that_leads_out_of_its_folder_is_refused()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("escape", (_, run) =>
        {
            Directory.CreateDirectory(Path.Combine(run.ScratchFolder, "d"));
            File.WriteAllText(Path.Combine(run.ScratchFolder, "d", "aa"), "evil");
            run.ArtifactDirectory("folder", Path.Combine(run.ScratchFolder, "d"));
        }).Over(Space.Values(0)).RunAsync(store.Options);
        string manifest = Directory.GetFiles(Path.Combine(store.Path, "artifacts"), "*", SearchOption.AllDirectories)
            .Single(f => File.ReadAllText(f).Contains("\"files\"", StringComparison.Ordinal));
        string evil = (await File.ReadAllTextAsync(manifest)).Replace("\"aa\"", "\"../../aa\"", StringComparison.Ordinal);
        string sha256 = new FileStorage(store.Path).PutArtifact(Encoding.UTF8.GetBytes(evil)).Sha256;
        string journal = JournalText.Only(store.Path);
        string named = Path.GetFileName(Path.GetDirectoryName(manifest)) + Path.GetFileName(manifest);
        string[] lines = await File.ReadAllLinesAsync(journal);
        await File.WriteAllLinesAsync(
            journal, lines.Select(l => JournalText.Edited(l.Replace(named, sha256, StringComparison.Ordinal))));
        RunRecord run = store.Load()[0];
        Assert.Contains("leads out of", Assert.Throws<StoreException>(() => run.SaveArtifact("folder", store.File("x", "y"))).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(store.File("aa")));
    }

    private sealed class BreakingStream : MemoryStream
    {
        private int _reads;

        public BreakingStream() : base(new byte[1 << 20]) { }

        public override int Read(byte[] buffer, int offset, int count) =>
            _reads++ == 0 ? base.Read(buffer, offset, count) : throw new IOException("the line is dead");

        public override int Read(Span<byte> buffer) => _reads++ == 0 ? base.Read(buffer) : throw new IOException("the line is dead");
    }
}
