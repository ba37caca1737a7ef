using System.Text;

namespace Assay.Tests.Exprag;

/// <summary>
/// Exprag's reader stops at the first line it cannot read and then shows no run at all. Assay writes no such line, but a kill or a disk may
/// leave one: then both readers name the same place, and without that line theirs shows all the rest.
/// </summary>
[Trait("Category", "Quick")]
public sealed class DamagedForExpragTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly string[] _journals;

    public DamagedForExpragTests()
    {
        var options = new TrackOptions { Store = _store.Path, Snapshot = SnapshotOptions.Off };
        foreach (string name in (string[])["one", "two", "three"])
        {
            using Run run = Run.Start(name, options: options);
            for (int step = 0; step < 10; step++) run.Track(new { step, name = "größe 😀" });
        }

        _journals = JournalText.Files(_store.Path);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_torn_last_line_costs_no_run_but_for_the_line_itself()
    {
        byte[] whole = File.ReadAllBytes(_journals[1]);
        int last = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        // Every place a kill can tear the last line at, characters of several bytes among them.
        for (int length = last + 1; length < whole.Length - 1; length += 7)
        {
            File.WriteAllBytes(_journals[1], whole[..length]);
            Results ours = _store.Load();
            Assert.Equal((3, 0), (ours.Count, ours.Damage.Count));
            Assert.Equal(10, Assert.Single(ours, r => r.Status == RunStatus.Interrupted).Tracked.Count);
            using var copy = new CopiedStore(_store.Path);
            Assert.StartsWith($"{copy.Journal(Path.GetFileName(_journals[1]))}:12: ", Fault(copy), StringComparison.Ordinal);
            File.WriteAllBytes(copy.Journal(Path.GetFileName(_journals[1])), whole[..last]);
            Assert.Equal(30, copy.Tracked.Count);
        }
    }

    [Theory]
    [InlineData("{\"schema_version\":1,\"run_id\":\"")]
    [InlineData("not json")]
    [InlineData("[1,2,3]")]
    [InlineData("{} {}")]
    public void A_damaged_line_in_the_middle_is_named_by_both_readers(string damage)
    {
        string[] lines = File.ReadAllLines(_journals[2]);
        lines[5] = damage;
        File.WriteAllText(_journals[2], string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        Results ours = _store.Load();
        Assert.All(ours, run => Assert.Equal(RunStatus.Success, run.Status));
        Assert.Equal(29, ours.Sum(r => r.Tracked.Count));
        JournalDamage found = Assert.Single(ours.Damage);
        using var copy = new CopiedStore(_store.Path);
        Assert.StartsWith($"{copy.Journal(Path.GetFileName(found.File))}:{found.Line}: ", Fault(copy), StringComparison.Ordinal);
        // What it streams before that line, and the journals it is pointed at by themselves, it shows.
        var streamed = new List<Dictionary<string, object?>>();
        Assert.Throws<FormatException>(() =>
        {
            string journal = copy.Journal(Path.GetFileName(_journals[2]));
            foreach (Dictionary<string, object?> record in ExpragReader.IterRecords(copy.Root, [journal])) streamed.Add(record);
        });
        Assert.Equal(5, streamed.Count);
        File.WriteAllLines(copy.Journal(Path.GetFileName(_journals[2])), lines.Where((_, i) => i != 5));
        Assert.Equal(29, copy.Tracked.Count);
    }

    private static string Fault(CopiedStore copy) => Assert.Throws<FormatException>(() => copy.Records).Message;
}
