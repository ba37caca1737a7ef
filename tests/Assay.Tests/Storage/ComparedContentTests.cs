namespace Assay.Tests.Storage;

/// <summary>Content is compared with its hash before it is given, large content once and not for every part of it.</summary>
[Trait("Category", "Quick")]
public sealed class ComparedContentTests : IDisposable
{
    private const int Large = 2 << 20;

    private static readonly DateTime LongAgo = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Large_content_is_compared_once_until_it_is_written_anew()
    {
        (FileStorage storage, string sha256, string path) = Put(Large, LongAgo);
        storage.ReadArtifact(sha256).Dispose();

        Spoil(path, LongAgo);
        using (Stream again = storage.ReadArtifact(sha256)) Assert.Equal((0L, (long)Large), (again.Position, again.Length));
        // Whoever has not compared it does.
        Assert.Throws<StoreException>(() => new FileStorage(_folder.Path).ReadArtifact(sha256));
        Spoil(path, LongAgo.AddSeconds(1));
        Assert.Throws<StoreException>(() => storage.ReadArtifact(sha256));
    }

    [Fact]
    public void Small_content_and_content_of_just_now_are_compared_each_time()
    {
        foreach ((int size, DateTime time) in new[] { (1000, LongAgo), (Large, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1)) })
        {
            (FileStorage storage, string sha256, string path) = Put(size, time);
            storage.ReadArtifact(sha256).Dispose();
            Spoil(path, time);
            Assert.Throws<StoreException>(() => storage.ReadArtifact(sha256));
        }
    }

    private (FileStorage Storage, string Sha256, string Path) Put(int size, DateTime time)
    {
        var storage = new FileStorage(_folder.Path);
        string sha256 = storage.PutArtifact(new byte[size]).Sha256;
        string path = Path.Combine(_folder.Path, "artifacts", sha256[..2], sha256[2..]);
        File.SetLastWriteTimeUtc(path, time);
        return (storage, sha256, path);
    }

    private static void Spoil(string path, DateTime time)
    {
        using (FileStream file = File.OpenWrite(path)) file.WriteByte(1);
        File.SetLastWriteTimeUtc(path, time);
    }
}
