namespace Assay.TestPrograms;

/// <summary>
/// <c>command ARGUMENTS</c>: an experiment that understands the arguments; prints its process and the number of results.
/// <c>command options STORE</c>: the same experiment with options instead.
/// </summary>
internal static class CommandProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new RunOptions { Progress = ProgressMode.None };
        Experiment<Train> experiment = Experiment
            .Create<Train>("command", (p, run) =>
            {
                run.Metric("process", Environment.ProcessId);
                run.Metric("loss", p.LearningRate * run.Seeds.Random("loss").NextDouble());
            })
            .Over(Space.Of<Train>().Grid(p => p.LearningRate, 0.01, 0.1).Grid(p => p.Hidden, 4, 8));
        Results results = args is ["options", var store]
            ? await experiment.RunAsync(options with { Store = store })
            : await experiment.RunAsync(args, options);
        Console.WriteLine($"process {Environment.ProcessId}\nafter {results.Count}");
        return 0;
    }

    private sealed record Train(double LearningRate, int Hidden);
}
