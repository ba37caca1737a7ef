using System.Runtime.CompilerServices;

namespace Assay.Tests.Reading;

/// <summary>Which attempt counts. The two users of the rule, resuming and reading, must agree.</summary>
[Trait("Category", "Quick")]
public sealed class FoldingTests
{
    private static readonly (RunEnding Ending, string What)[] InRisingOrder =
    [
        (new RunEnding(false, 1, false, 5), "cancelled, first attempt"),
        (new RunEnding(false, 2, false, 6), "lost to infrastructure, second attempt"),
        (new RunEnding(true, 1, false, 1), "failed, first attempt"),
        (new RunEnding(true, 1, false, 9), "failed, first attempt, told later"),
        (new RunEnding(true, 1, true, 2), "succeeded, first attempt, told earlier"),
        (new RunEnding(true, 2, false, 3), "failed, second attempt"),
        (new RunEnding(true, 2, true, 3), "succeeded, second attempt"),
    ];

    [Fact]
    public void The_latest_attempt_that_says_something_about_the_operation_counts()
    {
        for (int i = 0; i < InRisingOrder.Length; i++)
        {
            for (int j = 0; j < InRisingOrder.Length; j++)
                Assert.Equal(i.CompareTo(j), Math.Sign(InRisingOrder[i].Ending.CompareTo(InRisingOrder[j].Ending)));
        }
    }

    [Fact]
    public void A_table_of_runs_comes_to_the_same_in_whatever_order_lines_arrive()
    {
        var random = new SeededRandom(20261121);
        for (int round = 0; round < 500; round++)
        {
            JournalLine[] lines = [.. Enumerable.Range(0, 6).Select(_ => Line(random))];
            JournalLine expected = lines.Where(l => l.Kind == JournalKind.RunEnd).DefaultIfEmpty()
                .MaxBy(RunEndingOf, Comparer<RunEnding>.Create((a, b) => a.CompareTo(b)))!;
            random.Shuffle(lines);
            var table = new RunTable();
            foreach (JournalLine line in lines) table[1].Fold(line);

            Assert.True(table.TryGet(1, out RunTable.Entry entry));
            Assert.Equal(lines.Max(l => l.Attempt), entry.Attempts);
            if (lines.All(l => l.Kind != JournalKind.RunEnd)) Assert.Equal(0, entry.EndedAttempt);
            else Assert.Equal((expected.Attempt, expected.Status), (entry.EndedAttempt, entry.Status));
        }
    }

    [Fact]
    public void A_table_of_runs_finds_every_id_again_and_takes_32_bytes_for_each()
    {
        Assert.Equal(32, Unsafe.SizeOf<RunTable.Entry>());
        var random = new SeededRandom(20261130);
        var table = new RunTable();
        var expected = new Dictionary<UInt128, short>();
        for (int i = 0; i < 50_000; i++)
        {
            // Some ids come twice, and some share the bits that choose their slot.
            UInt128 id = new((ulong)random.Next(200), (ulong)random.Next(500));
            Assert.Equal(expected.TryGetValue(id, out short code), table.TryGet(id, out RunTable.Entry entry));
            Assert.Equal(code, entry.Code);
            table[id].Code = expected[id] = (short)i;
        }

        Assert.Equal(expected.Count, table.Count);
        Assert.Equal(expected.OrderBy(e => e.Key), table.Entries().Select(e => KeyValuePair.Create(e.Id, e.Code)).OrderBy(e => e.Key));
    }

    [Fact]
    public async Task A_cancelled_rerun_hides_no_earlier_success()
    {
        using var folder = new TempFolder();
        var options = new RunOptions { Store = folder.File("store"), Progress = ProgressMode.None, HandleSignals = false };
        using var cancel = new CancellationTokenSource();
        int calls = 0;
        Experiment<int> experiment = Experiment.Create<int>("again", (n, run) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                run.Metric("number", 42);
                return;
            }

            cancel.Cancel();
            run.ThrowIfCancelled();
        }).Over(Space.Values(1));
        await experiment.RunAsync(options);

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => experiment.RunAsync(options with { Resume = ResumeMode.All }, cancel.Token));
        RunRecord run = Assert.Single(Store.Open(folder.File("store")).LoadAll());
        Results resumed = await experiment.RunAsync(options);

        Assert.Equal((RunStatus.Success, 42L, 2), (run.Status, run.Metrics["number"], run.Attempts));
        Assert.Equal(2, calls);
        Assert.Single(resumed.Successful);
    }

    [Fact]
    public async Task Results_show_the_moment_they_were_asked_for()
    {
        using var folder = new TempFolder();
        var options = new RunOptions { Store = folder.File("store"), Progress = ProgressMode.None };
        int calls = 0;
        Experiment<int> experiment = Experiment.Create<int>("moment", (n, run) => run.Metric("call", Interlocked.Increment(ref calls)))
            .Over(Space.Values(1));

        Results before = await experiment.RunAsync(options);
        Results after = await experiment.RunAsync(options with { Resume = ResumeMode.All });

        Assert.Equal(2L, after[0].Metrics["call"]);
        Assert.Equal(1L, before[0].Metrics["call"]);
    }

    private static RunEnding RunEndingOf(JournalLine line) => RunEnding.Of(line);

    private static JournalLine Line(SeededRandom random)
    {
        bool end = random.Next(3) > 0;
        RunStatus status = (RunStatus)random.Next(1, 4);
        return new JournalLine
        {
            Kind = end ? JournalKind.RunEnd : JournalKind.RunStart,
            RunId = 1,
            Attempt = random.Next(1, 4),
            Status = end ? status : RunStatus.Running,
            IsConclusive = end && (status == RunStatus.Success || (status == RunStatus.Failed && random.Next(2) == 0)),
            Time = random.Next(1, 1000),
            Offset = 0,
            Length = 0,
        };
    }
}
