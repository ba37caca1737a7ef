namespace Assay.Tests.Storage;

/// <summary>A disk that fills up while runs go on.</summary>
public class FullDiskTests
{
    private static readonly Experiment<int> Talkative = Experiment
        .Create<int>("talkative", (n, run) =>
        {
            run.Log(new string('x', 20_000));
            run.Metric("n", n);
        })
        .Over(Space.From(Enumerable.Range(0, 200)));

    [SmallDiskFact]
    public async Task What_was_reported_before_the_disk_was_full_is_kept_and_the_rest_runs_when_there_is_room()
    {
        using var disk = new SmallDisk(1 << 20);
        var recorder = new Recorder();
        await Talkative.RunAsync(TestStore.OptionsFor(disk.Store) with { Observer = recorder, Head = 10 });
        StoreException fault = await Assert.ThrowsAsync<StoreException>(
            () => Talkative.RunAsync(TestStore.OptionsFor(disk.Store) with { Observer = recorder }));

        Assert.Contains(disk.Store, fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"\([\d,]+ bytes free there\)", fault.Message);
        Assert.Contains("Runs reported as finished are kept; run again to do the rest", fault.Message, StringComparison.Ordinal);
        Assert.InRange(recorder.Finished.Count, 10, 199);
        Results kept = Store.Open(disk.Store).LoadAll();
        Assert.Subset(kept.Successful.Select(r => r.Id).ToHashSet(), recorder.Finished.Select(e => e.RunId).ToHashSet());
        Assert.Empty(kept.Damage);
        Assert.All(kept.Successful, r => Assert.Equal(20_000, r.Log[0].Message.Length));

        disk.Resize(50 << 20);
        Results results = await Talkative.RunAsync(TestStore.OptionsFor(disk.Store));
        Assert.Equal(200, results.Successful.Count);
        Assert.Equal(200, JournalText.Lines(disk.Store).Count(l => l.Kind() == "run_end"));
    }

    [SmallDiskFact]
    public async Task A_disk_that_is_full_from_the_start_is_told_with_its_path()
    {
        using var disk = new SmallDisk(1 << 20);
        await Experiment.Create<int>("first", (_, _) => { }).Over(Space.Values(1)).RunAsync(TestStore.OptionsFor(disk.Store));
        Fill(Path.Combine(disk.Path, "ballast"));
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => Talkative.RunAsync(TestStore.OptionsFor(disk.Store)));

        Assert.Contains(disk.Store, fault.Message, StringComparison.Ordinal);
        Assert.Contains("(0 bytes free there)", fault.Message, StringComparison.Ordinal);
        Assert.Single(Store.Open(disk.Store).LoadAll().Successful);
    }

    [SmallDiskFact]
    public async Task An_artifact_without_room_fails_its_run_by_the_infrastructure_stops_the_rest_and_leaves_no_part_of_it()
    {
        using var disk = new SmallDisk(1 << 20);
        Experiment<int> experiment = Experiment.Create<int>("artifacts", (n, run) =>
        {
            // The journal is to be written before the blob takes all the room, and not while.
            Assert.True(SpinWait.SpinUntil(() => JournalText.Lines(disk.Store).Any(l => l.RunId() == run.Id), TestProgram.Patience));
            run.Artifact("blob", new byte[n]);
        }).Over(Space.Values(1000, 3 << 20, 2000));
        StoreException fault = await Assert.ThrowsAsync<StoreException>(
            () => experiment.RunAsync(TestStore.OptionsFor(disk.Store) with { Parallel = 1 }));

        Assert.Contains("bytes free there", fault.Message, StringComparison.Ordinal);
        Results results = Store.Open(disk.Store).Load("artifacts");
        Assert.Equal([RunStatus.Success, RunStatus.Failed], results.Select(r => r.Status));
        Assert.Equal("infrastructure", results[1].Error!.Kind);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Store, "artifacts", "incoming")));

        disk.Resize(20 << 20);
        Assert.Equal(3, (await experiment.RunAsync(TestStore.OptionsFor(disk.Store))).Successful.Count);
    }

    private static void Fill(string path)
    {
        try
        {
            using FileStream file = File.Create(path, 1);
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
        }
    }
}
