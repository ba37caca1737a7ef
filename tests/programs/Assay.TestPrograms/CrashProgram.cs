using System.Diagnostics;
using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>
/// <c>crash STORE RUNS sync|async REPORTS</c>: many short runs. Prints <c>ack ID.</c> for every run that is reported finished, and at the
/// end <c>done N</c> with the number of successful results. Made to be killed at any moment and started again; kills itself directly after
/// so many reports, if not 0.
/// </summary>
internal static class CrashProgram
{
    public const string Name = "crash";

    public static async Task<int> RunAsync(string[] args)
    {
        int runs = int.Parse(args[1], CultureInfo.InvariantCulture);
        Experiment<int> experiment = args[2] == "async"
            ? Experiment.Create<int>(Name, "async", async (n, run) =>
            {
                await Task.Delay(n % 3);
                Record(n, run);
            })
            : Experiment.Create<int>(Name, "sync", (n, run) =>
            {
                if (n % 4 == 0) Thread.Sleep(1);
                Record(n, run);
            });
        Results results = await experiment.Over(Space.From(Enumerable.Range(0, runs))).RunAsync(new RunOptions
        {
            Store = args[0],
            Parallel = args[2] == "async" ? 8 : 3,
            Progress = ProgressMode.None,
            Observer = new Printer(lastReport: int.Parse(args[3], CultureInfo.InvariantCulture)),
        });
        Console.WriteLine($"done {results.Successful.Count}");
        return 0;
    }

    // Lines of every kind stand in the journal, so that a kill tears any of them.
    private static void Record(int n, RunContext run)
    {
        run.Metric("square", (long)n * n);
        run.Metric("loss", 1.0 / (n + 1), step: n);
        if (n % 5 == 0) run.Row(new { n, text = new string('x', n % 700) });
        if (n % 7 == 0) run.Data("vector", new double[] { n, n + 0.5 });
        if (n % 50 == 0) run.Artifact("note", $"run {n}");
    }

    private sealed class Printer(int lastReport) : IObserver<RunEvent>
    {
        private readonly Process _self = Process.GetCurrentProcess();
        private int _reports;

        public void OnNext(RunEvent value)
        {
            if (value is not { Kind: RunEventKind.Finished, Status: RunStatus.Success }) return;
            Console.WriteLine($"ack {value.RunId}.");
            if (++_reports == lastReport) _self.Kill();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
