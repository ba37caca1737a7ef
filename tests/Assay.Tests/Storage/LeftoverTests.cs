namespace Assay.Tests.Storage;

/// <summary>Temporary files: none is left by a fault, and those of killed writers go after a day.</summary>
[Trait("Category", "Quick")]
public class LeftoverTests
{
    [Fact]
    public void An_artifact_whose_stream_fails_leaves_nothing()
    {
        using var folder = new TempFolder();
        var layout = new StoreLayout(folder.Path);
        Assert.Throws<InvalidOperationException>(() => new ArtifactFolder(layout).Put(new FailingStream()));
        Assert.Empty(Directory.GetFiles(layout.Incoming));
    }

    [Fact]
    public void A_file_that_cannot_take_its_final_name_leaves_nothing()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("name", "inner"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder.File("name"), "text"u8));
        Assert.Empty(Directory.GetFiles(folder.Path));

        File.WriteAllText(folder.File("artifacts"), "");
        var layout = new StoreLayout(folder.File("store"));
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("text"u8));
        Directory.CreateDirectory(layout.Artifact(sha256));
        Assert.Throws<StoreException>(() => new ArtifactFolder(layout).Put("text"u8.ToArray()));
        Assert.Empty(Directory.GetFiles(layout.Incoming));
    }

    [Fact]
    public void Temporary_files_go_when_nobody_wrote_to_them_for_a_day()
    {
        using var folder = new TempFolder();
        var layout = new StoreLayout(folder.Path);
        string[] stay =
        [
            folder.File("store.json"), folder.File("thesis.tmp"), Path.Combine(layout.Locks, "w.lock"), layout.Journal("w"),
            layout.Artifact(new string('a', 64)), Path.Combine(layout.Incoming, "new"),
        ];
        string[] go =
        [
            folder.File("store.json.x.tmp"), Path.Combine(layout.Locks, "w.json.x.tmp"), Path.Combine(layout.Incoming, "old"),
            layout.Journal("i") + ".importing",
        ];
        foreach (string file in (string[])[.. stay, .. go])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        }

        File.SetLastWriteTimeUtc(stay[^1], DateTime.UtcNow.AddHours(-23));
        StoreLeftovers.Remove(layout, TimeProvider.System);
        string[] left = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(stay.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
        StoreLeftovers.Remove(new StoreLayout(folder.File("none")), TimeProvider.System);
        Assert.False(Directory.Exists(folder.File("none")));
    }

    private sealed class FailingStream : MemoryStream
    {
        private int _reads;

        public override int Read(Span<byte> buffer) => _reads++ == 0 ? buffer.Length : throw new InvalidOperationException("broken");
    }
}
