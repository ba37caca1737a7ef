namespace Assay.Tests.Execution;

[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
public sealed class ObserverTests : IDisposable
{
    private static readonly Experiment<int> Three = Experiment.Create<int>("three", (n, run) =>
    {
        run.Metric("n", n);
        if (n == 1) throw new InvalidOperationException("no");
    }).Over(Space.Values(0, 1, 2));

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_run_is_told_started_and_then_finished_with_what_came_of_it()
    {
        var recorder = new Recorder();
        Results results = await Three.RunAsync(_store.Options with { Observer = recorder, Parallel = 1 });

        Assert.True(recorder.Completed);
        Assert.Equal(6, recorder.Events.Count);
        foreach (RunRecord run in results)
        {
            RunEvent[] events = [.. recorder.Events.Where(e => e.RunId == run.Id)];
            Assert.Equal([RunEventKind.Started, RunEventKind.Finished], events.Select(e => e.Kind));
            Assert.Equal((run.Index, 1, run.Status, run.Duration),
                (events[1].Index, events[1].Attempt, events[1].Status, events[1].Duration));
            Assert.Equal(run.Metrics, events[1].Metrics);
            Assert.Equal(run.Error, events[1].Error);
        }
    }

    [Fact]
    public async Task Skipped_runs_are_no_events()
    {
        await Three.RunAsync(_store.Options);
        var recorder = new Recorder();
        await Three.RunAsync(_store.Options with { Observer = recorder });
        Assert.Equal(1, Assert.Single(recorder.Finished).Index);
        Assert.Equal(2, recorder.Finished[0].Attempt);
    }

    [Fact]
    public async Task An_observer_that_throws_is_told_and_left_out_and_the_runs_go_on()
    {
        int calls = 0;
        (Results results, string errors) =
            await ErrorOutput.While(() => Three.RunAsync(_store.Options with { Observer = new Failing(() => calls++) }));
        Assert.Equal(2, results.Successful.Count);
        Assert.Equal(1, calls);
        Assert.Contains("the observer threw InvalidOperationException (deaf) and is not called any more; the runs go on", errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_told_finished_stands_in_the_store_already()
    {
        var missing = new List<string>();
        var looking = new Failing(null)
        {
            Next = e =>
            {
                if (e.Kind == RunEventKind.Finished && !JournalText.Lines(_store.Path)
                    .Any(l => l.Kind() == "run_end" && l.RunId() == e.RunId)) missing.Add(e.RunId);
            },
        };
        await Experiment.Create<int>("kept", (_, _) => { }).Over(Space.From(Enumerable.Range(0, 50)))
            .RunAsync(_store.Options with { Observer = looking });
        Assert.Empty(missing);
    }

    private sealed class Failing(Action? called) : IObserver<RunEvent>
    {
        public Action<RunEvent>? Next { get; init; }

        public void OnNext(RunEvent value)
        {
            called?.Invoke();
            if (Next is null) throw new InvalidOperationException("deaf");
            Next(value);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
