namespace Assay.Questions;

/// <summary>Chooses the run worth comparing with when none was named.</summary>
internal static class OtherRun
{
    /// <summary>The newest twin, or else the most similar run of the latest other session.</summary>
    /// <param name="runs">Runs in order of start; those of other experiments are passed over.</param>
    /// <param name="run">The run in question.</param>
    public static (RunRecord Run, string Why)? Choose(Results runs, RunRecord run)
    {
        bool isAlone = RunMakeup.IsAlone(run);
        (RunField Field, object? Value)[] simple =
        [
            .. run.Params.Where(p => p.Value is null or string or bool or long or double)
                .Where(p => p.Key.All(c => char.IsLetterOrDigit(c) || c == '_')).Select(p => (RunField.Parse("params." + p.Key), p.Value)),
        ];
        string? session = null;
        RunRecord? nearest = null;
        int least = int.MaxValue;
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            RunRecord other = runs[i];
            if (other.Experiment != run.Experiment || other.Id == run.Id) continue;
            if (!Differs(other, simple) && IsTwin(run, other))
                return (other, isAlone ? "the newest other run of this name with the same params"
                    : "the newest other run with the same params and seed");
            if (other.Journal == run.Journal) continue;
            session ??= other.Journal;
            if (other.Journal != session || Distance(run, other) is var distance && distance >= least) continue;
            (nearest, least) = (other, distance);
        }

        if (nearest is null) return null;
        return (nearest, isAlone ? "the latest other run of this name; none has the same params"
            : "the most similar run of the latest other session; no other run has the same params and seed");
    }

    // The index shows for most runs that they differ, without a line being read.
    private static bool Differs(RunRecord other, (RunField Field, object? Value)[] simple) => new RunValues(other) is var values
        && Array.Exists(simple, p => p.Field.Single(values) is { } value && !Equals(value, p.Value));

    // Same params and seed under another id: the version, the context or the code made the difference.
    private static bool IsTwin(RunRecord run, RunRecord other) => SameSeed(run, other) && (RunMakeup.Print(run, "params") is { } print
        ? print == RunMakeup.Print(other, "params")
        : !ValueChange.Between("params", run.Params, other.Params).Any());

    private static bool SameSeed(RunRecord run, RunRecord other) => RunSeed.Of(run.Seed) == RunSeed.Of(other.Seed);

    private static int Distance(RunRecord run, RunRecord other) =>
        (2 * ValueChange.Between("params", run.Params, other.Params).Count()) + (SameSeed(run, other) ? 0 : 1);
}
