using System.Diagnostics;

namespace Assay.Tests.Storage;

/// <summary>What stands among the journals and is none.</summary>
[Trait("Category", "Quick")]
public class ForeignFileTests
{
    private const int Stretch = 8 << 20;

    [Fact]
    public void A_folder_and_a_file_that_has_vanished_are_damage_and_the_rest_is_read()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("runs", "folder.jsonl"));
        File.WriteAllText(folder.File("runs", "sound.jsonl"), Line + "\n");
        JournalRef[] journals = [Journal(folder, "folder"), Journal(folder, "gone"), Journal(folder, "sound")];
        var found = new Found();
        JournalScanner.Scan(journals, found);

        Assert.Equal(journals[..2].Select(j => j.Location), found.Damage.Select(d => d.File));
        Assert.All(found.Damage, d => Assert.Contains("cannot be read", d.Reason, StringComparison.Ordinal));
        Assert.All(found.Damage, d => Assert.False(d.Torn));
        Assert.Equal(1, found.Count);
        Assert.All(journals[..2], j => Assert.Null(JournalHead.Read(j).Experiment));
    }

    [Fact]
    public async Task A_link_to_nowhere_among_the_journals_hinders_neither_reading_nor_running()
    {
        using var store = new TestStore();
        Experiment<int> pair = Experiment.Create<int>("pair", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2));
        await pair.RunAsync(store.Options with { Head = 1 });
        string link = Path.Combine(store.Path, "runs", "foreign.jsonl");
        File.CreateSymbolicLink(link, store.File("nowhere"));

        Assert.Equal(link, Assert.Single(store.Load().Damage).File);
        Assert.Single(store.Load().Successful);
        Assert.Equal(2, (await pair.RunAsync(store.Options)).Successful.Count);
    }

    [Fact]
    public async Task A_journal_behind_a_link_is_passed_over_and_readers_say_so()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("linked", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2, 3)).RunAsync(store.Options);
        string journal = JournalText.Only(store.Path);
        File.Move(journal, store.File("aside"));
        File.CreateSymbolicLink(journal, store.File("aside"));
        Results results = store.Load();
        Assert.Empty(results);
        Assert.Contains("is a link to '", Assert.Single(results.Damage).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_does_not_make_a_reader_wait()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("runs"));
        string pipe = folder.File("runs", "pipe.jsonl");
        using (Process make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        var found = new Found();
        JournalScanner.Scan([Journal(folder, "pipe")], found);
        Assert.Null(JournalHead.Read(Journal(folder, "pipe")).Experiment);
        Assert.Contains("is a pipe, a socket or a device", Assert.Single(found.Damage).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_visitor_comes_as_it_is_however_many_stretches_there_are()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("runs"));
        File.WriteAllText(folder.File("runs", "long.jsonl"), string.Concat(Enumerable.Repeat(Line + "\n", 2 * Stretch / Line.Length)));
        Assert.Throws<InvalidOperationException>(
            () => JournalScanner.Scan([Journal(folder, "long")], new Found { Fault = new InvalidOperationException() }));
    }

    private const string Line = """
        {"schema_version":1,"assay_version":"0.1.0","run_id":"00000000000000000000000000000001","experiment_name":"e","kind":"log",
        """ + """
        "value":{"level":"info","message":"m"},"created_at":"2026-11-21T00:00:00.0000000+00:00","elapsed_ms":1}
        """;

    private static JournalRef Journal(TempFolder store, string name) => new(new FileStorage(store.Path), JournalArea.Runs, name + ".jsonl");

    private sealed class Found : IJournalVisitor
    {
        private int _count;

        public List<JournalDamage> Damage { get; } = [];

        public Exception? Fault { get; init; }

        public int Count => _count;

        public void Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
        {
            if (Fault is not null) throw Fault;
            Interlocked.Add(ref _count, lines.Length);
        }

        public void Damaged(JournalDamage damage)
        {
            lock (Damage) Damage.Add(damage);
        }
    }
}
