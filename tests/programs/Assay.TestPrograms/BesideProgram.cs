namespace Assay.TestPrograms;

/// <summary>
/// <c>beside STORE second|inner</c>: a run that prints <c>started first</c> and waits for a line on standard input. <c>second</c>: when the
/// file <c>begin</c> appears beside the store, a second experiment of three runs starts, each of which prints <c>started second</c>.
/// <c>inner</c>: the run itself then runs the second experiment, whose runs wait for the line, too.
/// </summary>
internal static class BesideProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Gate.Open();
        var options = new RunOptions { Store = args[0], Parallel = 1, Progress = ProgressMode.None };
        Experiment<int> second = Experiment.Create<int>("second", (_, _) =>
        {
            Console.WriteLine("started second");
            Gate.Passed.Wait();
        }).Over(Space.Values(1, 2, 3)).IdentifyCodeBy(CodeIdentity.None);
        Task<Results> first = Experiment.Create<int>("first", async (_, run) =>
        {
            Console.WriteLine("started first");
            if (args[1] == "inner") run.Metric("inner", (await SecondAsync()).Successful.Count);
            await Gate.Passed;
        }).Over(Space.Values(1, 2)).IdentifyCodeBy(CodeIdentity.None).RunAsync(options);
        if (args[1] == "second") await SecondAsync();
        await first;
        return 0;

        async Task<Results> SecondAsync()
        {
            while (!File.Exists(Path.Combine(Path.GetDirectoryName(args[0])!, "begin"))) await Task.Delay(20);
            return await second.RunAsync(options);
        }
    }
}
