namespace Assay.Tests.Reading;

internal sealed record Optimizer(double LearningRate, string Name = "sgd");

internal sealed record Train(Optimizer Optimizer, int Hidden = 8);

/// <summary>A small finished experiment: two rates × two sizes × three seeds, one run of which failed.</summary>
internal sealed class Trained : IDisposable
{
    private readonly TempFolder _folder = new();

    private Trained(Results results) => Results = results;

    public Results Results { get; private set; }

    public string Store => _folder.File("store");

    public static async Task<Trained> CreateAsync()
    {
        var trained = new Trained(null!);
        trained.Results = await Experiment
            .Create<Train>("train", "1", (p, run) =>
            {
                if (p is { Hidden: 16, Optimizer.LearningRate: 0.1 } && run.Seeds.Replicate == 2)
                    throw new InvalidOperationException("diverged");
                run.Metric("accuracy", p.Optimizer.LearningRate + (run.Seeds.Replicate * 0.25) + (p.Hidden / 100.0));
                run.Metric("epochs", 5 + run.Seeds.Replicate);
                run.Metric("status", "fine");
                run.Metric("Hidden", 1);
                if (run.Seeds.Replicate == 1) run.Metric("late", double.NaN);
                if (p.Hidden == 8) run.Tag("small");
            })
            .Over(Space.Of<Train>().Grid(p => p.Optimizer.LearningRate, 0.01, 0.1).Grid(p => p.Hidden, 8, 16))
            .Repeat(3, seed: 7)
            .RunAsync(new() { Store = trained.Store, Progress = ProgressMode.None, Parallel = 2 });
        return trained;
    }

    public void Dispose() => _folder.Dispose();
}
