using System.Globalization;
using Assay.Tests.Provenance;
using Xunit.Abstractions;

namespace Assay.Tests.Cleaning;

/// <summary>A cleanup is killed at any moment, with a real signal: what stays is whole, and the next one does the rest.</summary>
public sealed class KilledCleanupTests(ITestOutputHelper output)
{
    private const int Rounds = 8;
    private const int Sessions = 40;

    [Fact]
    public async Task However_often_a_cleanup_is_killed_what_stays_is_whole_and_what_should_go_goes()
    {
        var random = new Random(7);
        int killedAmid = 0;
        for (int round = 0; round < Rounds; round++) killedAmid += await Round(random);
        output.WriteLine($"{killedAmid} kills after something and before everything was freed");
        Assert.True(killedAmid > 0, "no kill came amid a cleanup: there is too little to free");
    }

    private static async Task<int> Round(Random random)
    {
        using var store = new TestStore();
        await MakeAsync(store);
        Store opened = Store.Open(store.Path);
        opened.Remove([.. opened.LoadAll().Filter(r => (long)r.Params["n"]! % 3 != 0)]);
        string[] expected = [.. opened.LoadAll().Select(SampleJournal.Everything)];
        int before = opened.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Items.Count, killedAmid = 0;
        for (int kills = 0; ; kills++)
        {
            bool done = KilledOrDone(store.Around, store.Path, random, 40, kills);
            Results all = opened.LoadAll();
            Assert.Equal(expected, all.Select(SampleJournal.Everything));
            Assert.Empty(all.Damage);
            if (done) break;
            int left = opened.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Items.Count;
            if (left < before) killedAmid++;
            before = left;
        }

        Assert.Empty(opened.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Items);
        // Those of single runs that stay, and the one that runs share.
        Assert.Equal((expected.Length / 2) + 1, JournalText.Files(store.Path).Length);
        return killedAmid;
    }

    [Fact]
    public void However_often_a_cleanup_is_killed_runs_that_stay_have_their_code_and_no_other_branch_stays()
    {
        using var repository = new TestRepository();
        string store = repository.Beside("store");
        (int exit, _, string errors) = TestProgram.Run(repository.Root, "keep", "make", store, "24");
        Assert.True(exit == 0, errors);
        Store opened = Store.Open(store);
        opened.Remove([.. opened.LoadAll().Filter(r => (long)r.Params["n"]! % 3 != 0)]);
        string[] expected = [.. opened.LoadAll().Select(SampleJournal.Everything)];
        IReadOnlyDictionary<string, string> killing = KillingGit.After(repository.Beside("tools"), "branch -D -- run/");
        for (int branch = 0; branch < 4; branch++)
        {
            using TestProgram program = TestProgram.Start(repository.Root, killing, "keep", "clean", store);
            program.ReadToEnd();
            Assert.Equal(128 + 9, program.WaitForEnd());
            AssertWhole();
        }

        Assert.Equal(20, repository.Git("for-each-ref", "--format=%(refname)", "refs/heads/run/").Split('\n').Length);
        var random = new Random(11);
        int kills = 0;
        while (!KilledOrDone(repository.Root, store, random, 150, kills))
        {
            kills++;
            AssertWhole();
        }

        AssertWhole();
        output.WriteLine($"{kills} kills");
        Assert.Equal(
            opened.LoadAll().Select(r => $"run/{r.Id}").Order(StringComparer.Ordinal),
            repository.Git("for-each-ref", "--format=%(refname:short)", "refs/heads/run/").Split('\n'));
        Assert.Equal(expected.Length, new FileStorage(store).ListJournals(JournalArea.Runs).Count);
        Assert.Empty(new FileStorage(store).ListJournals(JournalArea.Annotations));
        Assert.Equal(expected.Length + 1, new FileStorage(store).ListArtifacts().Count());

        void AssertWhole()
        {
            Results all = opened.LoadAll();
            Assert.Equal(expected, all.Select(SampleJournal.Everything));
            Assert.Empty(all.Damage);
            foreach (RunRecord run in all)
            {
                Assert.Equal(run.Git["commit"], repository.Git("rev-parse", (string)run.Git["branch"]!));
                Assert.Equal($"change {(long)run.Params["n"]! / 2}", repository.Git("show", $"{run.Git["commit"]}:code.txt"));
            }
        }
    }

    // The later the more it was killed: however slow the machine, it comes to its end.
    private static bool KilledOrDone(string folder, string store, Random random, int within, int kills)
    {
        using TestProgram program = TestProgram.Start(folder, "keep", "clean", store);
        program.ReadUntil("cleaning");
        int moment = random.Next(within + (within * kills / 4));
        using var timer = new Timer(_ => program.Kill(), null, moment, Timeout.Infinite);
        bool done = program.ReadToEnd().Contains("freed", StringComparison.Ordinal);
        program.WaitForEnd();
        return done;
    }

    // Journals of single runs, and one that runs share; content of their own, and one that all have.
    private static async Task MakeAsync(TestStore store)
    {
        for (int n = 0; n < Sessions; n++)
        {
            using Run run = Run.Start("lone", new { n }, options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off });
            Record(n, run);
        }

        await Experiment.Create<int>("shared", (n, run) => Record(n, run)).Over(Space.From(Enumerable.Range(0, Sessions)))
            .IdentifyCodeBy(CodeIdentity.None).RunAsync(store.Options with { Snapshot = SnapshotOptions.Off });
    }

    private static void Record(int n, RunCapture run)
    {
        for (int i = 0; i < 5; i++) run.Artifact($"own {i}", string.Create(CultureInfo.InvariantCulture, $"{run.Id} {i}"));
        run.Artifact("common", "the same in every run");
        run.Metric("n", n);
    }
}
