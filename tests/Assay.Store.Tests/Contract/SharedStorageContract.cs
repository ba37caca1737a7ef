using System.Globalization;

namespace Assay.StoreTests.Contract;

/// <summary>What a backend promises that several processes can open, with real processes that are killed with real signals.</summary>
public abstract class SharedStorageContract : StorageContract
{
    /// <summary>The address under which another process opens the store of the test.</summary>
    protected abstract string Address { get; }

    [Fact]
    public void Lines_that_a_killed_writer_was_told_are_kept_are_read_afterwards()
    {
        Created();
        for (int round = 0; round < 5; round++)
        {
            string name = $"killed{round}";
            using TestProgram writer = TestProgram.Start(Path.GetTempPath(), "storage", "append", Address, name);
            string acknowledged = writer.ReadUntil(string.Create(CultureInfo.InvariantCulture, $"ack {100 * (round + 1)}"));
            writer.Kill();
            writer.WaitForEnd();

            int last = int.Parse(acknowledged.Split(' ')[1], CultureInfo.InvariantCulture);
            string[] lines = Read(Open(), JournalArea.Runs, name + ".jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Enumerable.Range(0, last + 1).Select(i => $"{{\"line\":{i}}}"), lines.Take(last + 1));
        }
    }

    [Fact]
    public void A_lease_ends_with_the_process_that_holds_it()
    {
        StorageBackend storage = Created();
        using TestProgram holder = TestProgram.Start(Path.GetTempPath(), "storage", "lease", Address, "x");
        holder.ReadUntil("taken");
        Assert.True(storage.IsLeased("x", TimeProvider.System));
        Assert.False(storage.IsLeasedHere("x"));
        Assert.Null(storage.TryTakeLease("x", LeaseKind.Shared, TimeProvider.System, out LeaseHolder? other));
        Assert.Equal(holder.Id, other!.Pid);

        holder.Kill();
        holder.WaitForEnd();

        Assert.False(storage.IsLeased("x", TimeProvider.System));
        using Lease? lease = storage.TryTakeLease("x", LeaseKind.Shared, TimeProvider.System, out _);
        Assert.NotNull(lease);
    }

    [Fact]
    public void An_artifact_whose_writer_is_killed_is_whole_or_absent()
    {
        StorageBackend storage = Created();
        using TestProgram writer = TestProgram.Start(Path.GetTempPath(), "storage", "artifacts", Address);
        writer.ReadUntil("ack 20");
        writer.Kill();
        writer.WaitForEnd();

        StoredArtifact[] all = [.. storage.ListArtifacts()];
        Assert.True(all.Length >= 20);
        foreach (StoredArtifact artifact in all)
        {
            using Stream content = storage.ReadArtifact(artifact.Sha256);
            Assert.Equal(artifact.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        }
    }
}
