namespace Assay.TestPrograms;

/// <summary>
/// <c>signal STORE sync|async</c>: six runs, two at once. Each prints <c>started N</c> and goes on when a line comes in on standard input;
/// even ones heed their cancellation, odd ones do not. Prints <c>done N</c> with the number of successful results at the end.
/// </summary>
internal static class SignalProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Gate.Open();
        Experiment<int> experiment = args[1] == "async"
            ? Experiment.Create<int>("signal", async (n, run) =>
            {
                Console.WriteLine($"started {n}");
                if (n % 2 == 0) await Gate.Passed.WaitAsync(run.CancellationToken);
                else await Gate.Passed;
            })
            : Experiment.Create<int>("signal", (n, run) =>
            {
                Console.WriteLine($"started {n}");
                if (n % 2 == 0) Gate.Passed.Wait(run.CancellationToken);
                else Gate.Passed.Wait();
            });
        var clock = new GraceClock();
        Results results = await experiment.Over(Space.From(Enumerable.Range(0, 6))).IdentifyCodeBy(CodeIdentity.None)
            .RunAsync(new RunOptions
            {
                Store = args[0],
                Parallel = 2,
                Progress = ProgressMode.None,
                CancelGrace = TimeSpan.FromHours(1),
                Clock = clock,
                Observer = clock,
            });
        Console.WriteLine($"done {results.Successful.Count}");
        return 0;
    }
}

/// <summary>Lets the time for cancelled runs pass as soon as one of them has ended, however slow the machine is.</summary>
internal sealed class GraceClock : TimeProvider, IObserver<RunEvent>
{
    private long _passed;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _passed);

    public void OnNext(RunEvent happened)
    {
        if (happened.Kind == RunEventKind.Finished) Interlocked.Exchange(ref _passed, 2 * 3600 * TimestampFrequency);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception fault)
    {
    }
}
