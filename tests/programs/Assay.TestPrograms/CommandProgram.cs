namespace Assay.TestPrograms;

/// <summary>
/// <c>command ARGUMENTS [-- VERSION]</c>: an experiment that understands the arguments, with a derived metric of that version, which is not
/// defined for 8 hidden units in version 3; prints its process and the number of results. <c>command options STORE</c>: the same
/// experiment with options instead.
/// </summary>
internal static class CommandProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        string version = args.SkipWhile(arg => arg != "--").ElementAtOrDefault(1) ?? "1";
        var half = DerivedMetric.Of(
            "half", version, run => version == "3" && run.Params["Hidden"] is 8L
                ? throw new InvalidOperationException("too many") : run.Metric("loss") / 2);
        var options = new RunOptions { Progress = ProgressMode.None, Derive = [half] };
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
