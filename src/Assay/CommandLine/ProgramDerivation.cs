namespace Assay;

/// <summary>
/// Computes a program's derived metrics for the recorded runs of its experiment, without executing any: the option <c>--derive</c>, and
/// what <c>assay derive</c> starts a program for.
/// </summary>
internal static class ProgramDerivation
{
    public const string Missing = "the program has no derived metrics; expected RunOptions.Derive to name some, such as "
        + "new RunOptions { Derive = [Derived.Metric(\"final_loss\", run => run.Series(\"loss\")[^1].Value)] }";

    private const int Done = 0, Failed = 1, Refused = 2;

    /// <summary>Ends this process when it was started to derive.</summary>
    public static void ExitIfOrdered<T>(Experiment<T> experiment, RunOptions options)
    {
        if (InsideRun.Is) return;
        try
        {
            if (DeriveOrder.FromEnvironment() is not { } order) return;
            if (options.Derive.Count == 0) throw new AssayException($"'{experiment.Name}': {Missing}.");
            DeriveResult result = Run(experiment, options with { Store = order.Store });
            File.WriteAllText(order.Report, result.ToJson());
            Environment.Exit(Done);
        }
        catch (AssayException fault)
        {
            Console.Error.WriteLine("assay: " + Printable.Block(fault.Message));
            Environment.Exit(Refused);
        }
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="AssayException">There is no store, or no run of the experiment in it.</exception>
    public static int Run<T>(Experiment<T> experiment, RunOptions options, TextWriter output)
    {
        DeriveResult result = Run(experiment, options);
        output.WriteLine(Printable.Block($"{experiment.Name}:{experiment.Version}: {string.Join(", ", result.Metrics)} of "
            + $"{Plural.Of(result.Runs, "run")}: {result.Computed} computed, {result.Kept} kept, {result.Failures.Count} failed"));
        foreach (string failure in result.Failures) output.WriteLine("  " + Printable.Block(failure));
        return result.Failures.Count == 0 ? Done : Failed;
    }

    private static DeriveResult Run<T>(Experiment<T> experiment, RunOptions options)
    {
        Results runs = Store.Open(options.Store).Load($"{experiment.Name}:{experiment.Version}").Successful;
        var how = new DeriveOptions { Parallel = options.Parallel, Clock = options.Clock };
        DeriveReport report = runs.DeriveAsync(options.Derive, how).GetAwaiter().GetResult();
        return new DeriveResult(
            experiment.Name, experiment.Version, runs.Count, [.. options.Derive.Select(metric => metric.Name)],
            report.Computed, report.Kept, [.. report.Failures.Select(failure => $"{failure}")]);
    }
}
