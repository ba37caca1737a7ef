namespace Assay.Benchmarks;

/// <summary>The load: an experiment of trivial runs.</summary>
internal static class EngineLoad
{
    public sealed record Point(double Rate, int Size);

    public static void Run(string store, long runs, bool git = true)
    {
        long points = runs / 10;
        Experiment<Point> experiment = Experiment
            .Create<Point>("bench", version: "1", (p, run) =>
            {
                run.Metric("loss", p.Rate * p.Size);
                run.Metric("steps", p.Size);
            })
            .Over(Space.Of<Point>()
                .Grid(p => p.Rate, Enumerable.Range(0, (int)(points / 100)).Select(i => 0.001 * (i + 1)).ToArray())
                .Grid(p => p.Size, Enumerable.Range(1, 100).ToArray()))
            .Repeat(10, seed: 1);
        SnapshotOptions snapshot = git ? SnapshotOptions.Shared : SnapshotOptions.Off;
        experiment.RunAsync(new() { Store = store, Progress = ProgressMode.None, Snapshot = snapshot }).GetAwaiter().GetResult();
    }

    /// <summary>Runs with a curve of a thousand steps each: a hundred rates, the rest are replicates.</summary>
    public static void Curves(string store, int runs)
    {
        Experiment<Point> experiment = Experiment
            .Create<Point>("curves", version: "1", (p, run) =>
            {
                SeededRandom random = run.Seeds.Random();
                for (int step = 0; step < 1000; step++) run.Metric("loss", (p.Rate / (step + 1)) + random.NextDouble(), step);
            })
            .Over(Space.Of<Point>().Grid(p => p.Rate, Enumerable.Range(1, 100).Select(i => 0.001 * i).ToArray()).Grid(p => p.Size, 1))
            .Repeat(runs / 100, seed: 1);
        experiment.RunAsync(new() { Store = store, Progress = ProgressMode.None }).GetAwaiter().GetResult();
    }
}
