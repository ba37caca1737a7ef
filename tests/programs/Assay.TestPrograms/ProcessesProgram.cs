using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>
/// <c>processes STORE WHAT</c>: eight runs in worker processes, of which run 3 does WHAT: <c>crash</c>, <c>hang</c>, <c>hog</c>,
/// <c>throw</c>, <c>recover</c> (crashes at the first attempt only), <c>pause</c> (hangs there) or <c>nothing</c>.
/// <c>stray</c> makes a space that differs from start to start, <c>exit</c> leaves workers before they serve; the rest are in
/// <see cref="WorkerTroubles"/>. Prints a line for each run.
/// </summary>
internal static class ProcessesProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        (string store, string what) = (args[0], args[1]);
        var troubles = new WorkerTroubles(store, what, Environment.GetEnvironmentVariable("ASSAY_WORK_ORDER") is not null);
        Console.WriteLine("before the experiment");
        if (troubles.LeavesEarly() is { } exitCode) return exitCode;
        int first = what == "stray" ? Environment.ProcessId : 0;
        Experiment<int> experiment = Experiment
            .Create<int>("processes", (n, run) => Execute(n - first, what, run, troubles))
            .Over(Space.Product((int n) => troubles.Point(n), Enumerable.Range(first, 8).Select(n => new Variable<int>(n))));
        await Experiment.Create<int>("before", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2))
            .RunAsync(new() { Store = store, Progress = ProgressMode.None });
        Results results = await experiment.RunAsync(new RunOptions
        {
            Store = store,
            Parallel = 2,
            Progress = ProgressMode.None,
            CancelGrace = TimeSpan.FromSeconds(what == "stays" ? 60 : 1),
            Timeout = what is "hang" or "again" or "pause" ? TimeSpan.FromSeconds(2) : null,
            Retries = what switch
            {
                "recover" => new RetryPolicy(2) { Delay = TimeSpan.Zero },
                "pause" => new RetryPolicy(2) { Delay = TimeSpan.Zero, When = error => error.Kind == "timeout" },
                "again" => new RetryPolicy(1) { Delay = TimeSpan.FromSeconds(3) },
                "waiting" => new RetryPolicy(1) { Delay = TimeSpan.FromMinutes(1) },
                _ => RetryPolicy.None,
            },
            Observer = new Printed(),
            Executor = new WorkerProcesses { MemoryLimit = what == "hog" ? 400L << 20 : null },
        });
        foreach (RunRecord run in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"run {run.Params["n"]} {run.Status} {run.Metrics.GetValueOrDefault("worker")} {run.Attempt} {run.Error?.Kind} "
                    + $"{run.Error?.Message.Split('\n')[0]}"));
        }

        Console.WriteLine($"coordinator {Environment.ProcessId}");
        return 0;
    }

    private static void Execute(int n, string what, RunContext run, WorkerTroubles troubles)
    {
        run.Metric("worker", Environment.ProcessId);
        run.Metric("ratio", 1.0);
        run.Metric("curve", n, step: 1);
        run.Tag("begun");
        run.Data("square", new long[] { n * n });
        run.Log($"hears {n}");
        Console.WriteLine($"says {n}");
        troubles.InAny(run);
        if (n != 3) return;
        if (what == "crash" || (what == "recover" && run.Attempt == 1)) Environment.FailFast("a crash on purpose");
        if (what == "hang" || (what == "pause" && run.Attempt == 1)) Thread.Sleep(Timeout.Infinite);
        if (what is "throw" or "waiting" || (what == "again" && run.Attempt == 1)) throw new InvalidOperationException("three is too many");
        if (what == "hog") Devour();
        troubles.InThird();
    }

    private static void Devour()
    {
        var kept = new List<byte[]>();
        while (true)
        {
            byte[] block = new byte[8 << 20];
            Array.Fill(block, (byte)1);
            kept.Add(block);
            Thread.Sleep(2);
        }
    }

    private sealed class Printed : IObserver<RunEvent>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(RunEvent value) => Console.WriteLine($"event {value.Kind} {value.Index} {value.Attempt} {value.Status}");
    }
}
