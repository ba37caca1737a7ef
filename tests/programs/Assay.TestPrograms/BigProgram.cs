namespace Assay.TestPrograms;

/// <summary>
/// <c>big STORE RUNS</c>: runs that write 20,000 characters each, and take long enough not to be written all at once. Prints <c>done N</c>,
/// or <c>store</c> and the message when the store fails.
/// </summary>
internal static class BigProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        int runs = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
        Experiment<int> experiment = Experiment.Create<int>("big", (_, run) =>
        {
            run.Log(new string('x', 20_000));
            Thread.Sleep(3);
        });
        try
        {
            Results results = await experiment.Over(Space.From(Enumerable.Range(0, runs)))
                .RunAsync(new RunOptions { Store = args[0], Progress = ProgressMode.None });
            Console.WriteLine($"done {results.Successful.Count}");
            return 0;
        }
        catch (StoreException fault)
        {
            Console.WriteLine($"store {fault.Message}");
            return 3;
        }
    }
}
