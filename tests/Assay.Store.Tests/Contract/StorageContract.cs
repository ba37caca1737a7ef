using System.Security.Cryptography;
using System.Text;

namespace Assay.StoreTests.Contract;

/// <summary>
/// What every storage backend promises. A backend is tested by a class derived from this one; one that several processes can open derives
/// from <see cref="SharedStorageContract"/>.
/// </summary>
public abstract class StorageContract
{
    /// <summary>Another view of the same, still empty store each time it is called within one test.</summary>
    protected abstract StorageBackend Open();

    [Fact]
    public void A_store_that_does_not_exist_is_empty_and_reading_it_creates_nothing()
    {
        StorageBackend storage = Open();

        Assert.Null(storage.ReadDescription());
        Assert.Empty(storage.ListJournals(JournalArea.Runs));
        Assert.Empty(storage.ListJournals(JournalArea.Annotations));
        Assert.Empty(storage.ListArtifacts());
        Assert.Empty(storage.ListLeases());
        Assert.Null(storage.OpenArtifact(new string('a', 64)));
        Assert.Null(Open().ReadDescription());
    }

    [Fact]
    public void A_description_is_read_as_it_was_written_last()
    {
        Open().WriteDescription("{\"format\":1}"u8);
        Assert.Equal("{\"format\":1}", Text(Open().ReadDescription()!));

        Open().WriteDescription("{\"format\":2}"u8);
        Assert.Equal("{\"format\":2}", Text(Open().ReadDescription()!));
    }

    [Fact]
    public void What_was_appended_is_read_by_another_view_at_once_and_in_order()
    {
        StorageBackend storage = Created();
        using JournalAppender journal = storage.CreateJournal("a.jsonl");
        Assert.True(journal.IsEmpty);

        for (int i = 0; i < 100; i++)
        {
            journal.Append(Encoding.UTF8.GetBytes($"line {i}\n"));
            Assert.Equal(string.Concat(Enumerable.Range(0, i + 1).Select(n => $"line {n}\n")), Read(Open(), JournalArea.Runs, "a.jsonl"));
        }

        Assert.False(journal.IsEmpty);
        journal.Sync();
        Assert.True(journal.IsOnDisk);
    }

    [Fact]
    public void Journals_are_listed_in_ordinal_order_with_their_lengths()
    {
        StorageBackend storage = Created();
        foreach (string name in (string[])["b.jsonl", "B.jsonl", "a.jsonl", "10.jsonl", "9.jsonl"])
        {
            using JournalAppender journal = storage.CreateJournal(name, durable: false);
            journal.Append(Encoding.UTF8.GetBytes(name + "\n"));
        }

        Assert.Equal(
            [("10.jsonl", 9L), ("9.jsonl", 8L), ("B.jsonl", 8L), ("a.jsonl", 8L), ("b.jsonl", 8L)],
            Open().ListJournals(JournalArea.Runs).Select(j => (j.Name, j.Length)));
        Assert.Empty(Open().ListJournals(JournalArea.Annotations));
    }

    [Fact]
    public void A_change_is_seen_in_the_length_and_does_not_set_the_time_of_change_back()
    {
        StorageBackend storage = Created();
        using JournalAppender journal = storage.CreateJournal("a.jsonl");
        journal.Append("one\n"u8);
        JournalInfo before = Assert.Single(Open().ListJournals(JournalArea.Runs));
        Assert.InRange(
            new DateTimeOffset(before.ChangedAt, TimeSpan.Zero), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));

        journal.Append("two\n"u8);

        JournalInfo after = Assert.Single(Open().ListJournals(JournalArea.Runs));
        Assert.Equal(before.Length + 4, after.Length);
        Assert.True(after.ChangedAt >= before.ChangedAt);
    }

    [Fact]
    public void A_name_that_is_taken_is_not_given_to_another_writer()
    {
        StorageBackend storage = Created();
        using (JournalAppender journal = storage.CreateJournal("a.jsonl")) journal.Append("kept\n"u8);

        Assert.Throws<StoreException>(() => Open().CreateJournal("a.jsonl").Dispose());

        Assert.Equal("kept\n", Read(Open(), JournalArea.Runs, "a.jsonl"));
    }

    [Fact]
    public void Parts_of_a_journal_are_read_by_several_threads_at_once()
    {
        StorageBackend storage = Created();
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i:00000000}\n")));
        using (JournalAppender journal = storage.CreateJournal("a.jsonl")) journal.Append(content);
        using JournalSource source = Open().OpenJournal(JournalArea.Runs, "a.jsonl");
        Assert.Equal(content.Length, source.Length);

        Parallel.For(0, 1000, i =>
        {
            byte[] line = new byte[9];
            int place = i * 20 % 20_000, held = 0;
            while (held < line.Length && source.Read(line.AsSpan(held), (place * 9) + held) is > 0 and int read) held += read;
            Assert.Equal($"{place:00000000}\n", Text(line));
        });
        Assert.Equal(0, source.Read(new byte[10], content.Length));
    }

    [Fact]
    public void A_journal_that_does_not_exist_cannot_be_opened_and_is_deleted_without_a_fault()
    {
        StorageBackend storage = Created();

        Assert.ThrowsAny<IOException>(() => storage.OpenJournal(JournalArea.Runs, "none.jsonl").Dispose());
        storage.DeleteJournal(JournalArea.Runs, "none.jsonl");
        storage.DeleteJournal(JournalArea.Annotations, "none.jsonl");
    }

    [Theory]
    [InlineData(JournalArea.Runs)]
    [InlineData(JournalArea.Annotations)]
    public void A_whole_journal_appears_when_it_is_complete_and_keeps_its_name_and_not_at_all_when_writing_it_fails(JournalArea area)
    {
        StorageBackend storage = Created();

        Assert.Throws<InvalidOperationException>(() => storage.WriteJournal(area, "half.jsonl", stream =>
        {
            stream.Write("half\n"u8);
            Assert.Empty(Open().ListJournals(area));
            throw new InvalidOperationException("the writer fails");
        }));
        Assert.Empty(Open().ListJournals(area));

        storage.WriteJournal(area, "whole.jsonl", stream => stream.Write("whole\n"u8));
        Assert.Equal("whole\n", Read(Open(), area, "whole.jsonl"));
        storage.Settle(area);

        Assert.Throws<StoreException>(() => Open().WriteJournal(area, "whole.jsonl", stream => stream.Write("other\n"u8)));
        Assert.Equal("whole\n", Read(Open(), area, "whole.jsonl"));

        storage.DeleteJournal(area, "whole.jsonl");
        Assert.Empty(Open().ListJournals(area));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void An_artifact_is_found_under_the_hash_of_its_content(int length)
    {
        StorageBackend storage = Created();
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);

        StoredArtifact put = storage.PutArtifact(new MemoryStream(content));

        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), length), (put.Sha256, put.Size));
        Assert.Equal(put.Sha256, storage.PutArtifact(content).Sha256);
        Assert.Equal((put.Sha256, put.Size), Found(Open().FindArtifact(put.Sha256)));
        Assert.Equal((put.Sha256, put.Size), Found(Assert.Single(Open().ListArtifacts())));
        using Stream read = Open().OpenArtifact(put.Sha256)!;
        Assert.Equal(content, Bytes(read));
    }

    [Fact]
    public void Content_that_is_put_again_counts_as_written_anew()
    {
        StorageBackend storage = Created();
        DateTimeOffset first = storage.PutArtifact("content"u8.ToArray()).WrittenAt;

        // The clock of a backend may be coarse: the time moves on once that clock has.
        Assert.True(SpinWait.SpinUntil(() => storage.PutArtifact("content"u8.ToArray()).WrittenAt > first, TimeSpan.FromSeconds(20)));

        Assert.True(Assert.Single(Open().ListArtifacts()).WrittenAt > first);
    }

    [Fact]
    public void Content_whose_source_fails_leaves_no_artifact()
    {
        StorageBackend storage = Created();

        Assert.Throws<InvalidOperationException>(() => storage.PutArtifact(new FailingStream()));

        Assert.Empty(Open().ListArtifacts());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_address_is_not_found(string address)
    {
        StorageBackend storage = Created();
        Assert.False(StoredArtifact.IsAddress(address));
        Assert.Null(storage.FindArtifact(address));
        Assert.Null(storage.OpenArtifact(address));
        Assert.Throws<StoreException>(() => storage.ReadArtifact(address).Dispose());
    }

    [Fact]
    public void A_deleted_artifact_is_gone_and_the_others_stay()
    {
        StorageBackend storage = Created();
        StoredArtifact one = storage.PutArtifact("one"u8.ToArray()), two = storage.PutArtifact("two"u8.ToArray());

        storage.DeleteArtifact(one.Sha256);
        storage.DeleteArtifact(one.Sha256);

        Assert.Equal(two.Sha256, Assert.Single(Open().ListArtifacts()).Sha256);
        Assert.Null(Open().FindArtifact(one.Sha256));
    }

    [Theory]
    [InlineData(LeaseKind.Writer)]
    [InlineData(LeaseKind.Shared)]
    public void A_lease_has_one_holder_until_it_ends(LeaseKind kind)
    {
        StorageBackend storage = Created();
        Assert.False(storage.IsLeased("x", TimeProvider.System));
        using (Lease lease = storage.TryTakeLease("x", kind, TimeProvider.System, out _)!)
        {
            Assert.False(lease.Lost);
            Assert.Null(Open().TryTakeLease("x", kind, TimeProvider.System, out LeaseHolder? holder));
            Assert.Equal((Environment.ProcessId, true), (holder!.Pid, holder.IsHere));
            Assert.True(Open().IsLeased("x", TimeProvider.System));
            Assert.True(Open().IsLeasedHere("x"));
            Assert.Contains("x", Open().ListLeases());
            Assert.Equal(Environment.ProcessId, Open().FindHolder("x")!.Pid);
        }

        Assert.False(Open().IsLeased("x", TimeProvider.System));
        Assert.False(Open().IsLeasedHere("x"));
        using Lease? next = Open().TryTakeLease("x", kind, TimeProvider.System, out _);
        Assert.NotNull(next);
    }

    [Fact]
    public void Of_many_that_ask_at_once_one_gets_the_lease()
    {
        Created();
        int taken = 0;
        for (int round = 0; round < 20; round++)
        {
            var leases = new Lease?[8];
            Parallel.For(0, leases.Length, i => leases[i] = Open().TryTakeLease($"x{round}", LeaseKind.Shared, TimeProvider.System, out _));
            taken += leases.Count(l => l is not null);
            foreach (Lease? lease in leases) lease?.Dispose();
        }

        Assert.Equal(20, taken);
    }

    [Fact]
    public void The_leases_of_different_names_do_not_meet()
    {
        StorageBackend storage = Created();
        using Lease? one = storage.TryTakeLease("one", LeaseKind.Writer, TimeProvider.System, out _);
        using Lease? two = storage.TryTakeLease("two", LeaseKind.Writer, TimeProvider.System, out _);
        Assert.NotNull(one);
        Assert.NotNull(two);
        Assert.Equal(["one", "two"], Open().ListLeases());
    }

    [Fact]
    public void A_lease_that_is_abandoned_can_be_had_and_its_trace_is_removed_but_no_lease_that_is_held()
    {
        StorageBackend storage = Created();
        storage.TryTakeLease("dead", LeaseKind.Writer, TimeProvider.System, out _)!.Abandon();
        Assert.False(Open().IsLeased("dead", TimeProvider.System));
        using (Lease? again = Open().TryTakeLease("dead", LeaseKind.Writer, TimeProvider.System, out _)) again!.Abandon();
        using Lease held = storage.TryTakeLease("held", LeaseKind.Writer, TimeProvider.System, out _)!;
        using (JournalAppender journal = storage.CreateJournal("a.jsonl")) journal.Append("kept\n"u8);
        string artifact = storage.PutArtifact("kept"u8.ToArray()).Sha256;

        Open().RemoveLeftovers(new LaterClock(TimeSpan.FromDays(2)));

        Assert.Equal(["held"], Open().ListLeases());
        Assert.True(Open().IsLeased("held", TimeProvider.System));
        Assert.Equal("kept\n", Read(Open(), JournalArea.Runs, "a.jsonl"));
        Assert.NotNull(Open().FindArtifact(artifact));
    }

    [Fact]
    public void Views_of_a_store_have_one_address_and_journals_places_of_their_own()
    {
        StorageBackend storage = Open();
        Assert.Equal((storage.Address, storage.RealAddress), (Open().Address, Open().RealAddress));
        Assert.True(Path.IsPathFullyQualified(storage.CacheFolder));
        string[] names = ["a.jsonl", "b.jsonl"];
        string[] places = [.. from area in Enum.GetValues<JournalArea>() from name in names select storage.Locate(area, name)];
        Assert.Equal(names.Length * Enum.GetValues<JournalArea>().Length, places.Distinct().Count());
        Assert.All(places, place => Assert.Matches("[ab][.]jsonl$", place));
        Assert.Null(storage.ReadDescription());
    }

    /// <summary>The store, with a description.</summary>
    protected StorageBackend Created()
    {
        StorageBackend storage = Open();
        StoreDescription.Ensure(storage, TimeProvider.System);
        return storage;
    }

    /// <summary>The whole content of a journal as text.</summary>
    protected static string Read(StorageBackend storage, JournalArea area, string name)
    {
        using JournalSource source = storage.OpenJournal(area, name);
        byte[] bytes = new byte[source.Length];
        int held = 0;
        while (held < bytes.Length && source.Read(bytes.AsSpan(held), held) is > 0 and int read) held += read;
        return Text(bytes[..held]);
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Bytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static (string, long) Found(StoredArtifact? artifact) => (artifact!.Value.Sha256, artifact.Value.Size);

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }

    private sealed class FailingStream : MemoryStream
    {
        private bool _hasRead;

        public override int Read(Span<byte> buffer)
        {
            if (_hasRead) throw new InvalidOperationException("the source fails");
            _hasRead = true;
            buffer[0] = 1;
            return 1;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
