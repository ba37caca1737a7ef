namespace Assay.Questions;

/// <summary>Options of a ranking.</summary>
/// <param name="Minimize">Whether less is better.</param>
/// <param name="Peak">Whether a run is judged by the best value it ever had, and not by its last.</param>
/// <param name="AnyStatus">Whether runs count that did not succeed.</param>
internal sealed record RankingOptions(bool Minimize = false, bool Peak = false, bool AnyStatus = false);

/// <summary>A run with the value it is judged by.</summary>
/// <param name="Run">The run.</param>
/// <param name="Value">Never NaN.</param>
/// <param name="At">Where in the run it was recorded.</param>
internal sealed record RankedRun(RunRecord Run, double Value, FieldPoint At)
{
    /// <summary>The value with every digit, which a double may not have.</summary>
    public RecordedNumber Exact => RecordedNumber.Of(At.Value)!.Value;
}

/// <summary>Runs by the value of a field, best first; the earlier run comes first of equals. NaN has no rank.</summary>
/// <param name="Field">The field.</param>
/// <param name="Options">How they were ranked.</param>
/// <param name="Runs">The runs that have a number there.</param>
/// <param name="WithoutValue">Runs that have none.</param>
/// <param name="NotSuccessful">Runs that were left out because they did not succeed.</param>
internal sealed record Ranking(RunField Field, RankingOptions Options, IReadOnlyList<RankedRun> Runs, int WithoutValue, int NotSuccessful)
{
    private Results? All { get; init; }

    public static Ranking Of(Results runs, RunField field, RankingOptions options, CancellationToken cancellation = default)
    {
        var ranked = new List<RankedRun>();
        int without = 0, unsuccessful = 0;
        foreach (RunRecord run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Counts(run, options)) unsuccessful++;
            else if (Judged(new RunValues(run), field, options) is { } judged) ranked.Add(judged);
            else without++;
        }

        var order = Comparer<RankedRun>.Create(Compare);
        IEnumerable<RankedRun> sorted = options.Minimize ? ranked.Order(order) : ranked.OrderDescending(order);
        return new Ranking(field, options, [.. sorted], without, unsuccessful) { All = runs };
    }

    /// <summary>Why there is no best run.</summary>
    public AssayException Nothing()
    {
        if (All is not { Count: > 0 } all) return new AssayException($"no run is left to rank by '{Field.Name}'. Loosen the condition.");
        int undefined = all.Count(
            run => Counts(run, Options) && Values(new RunValues(run), Field, Options).Any(p => ValueOrder.Number(p.Value) is double.NaN));
        if (undefined > 0) return Undefined(undefined);
        RunRecord? other = all.FirstOrDefault(run => Judged(new RunValues(run), Field, Options) is not null);
        if (other is not null)
        {
            return new QuestionException(
                $"no successful run has a number called '{Field.Name}', but others have, "
                    + $"such as {other.Id} ({RunStatusText.Text(other.Status)}).",
                $"'assay best {Field.Name} --any-status' ranks them too.", "best_runs with any_status ranks them too.");
        }

        return all.Any(run => Field.Of(new RunValues(run)) is not null)
            ? new QuestionException(
                $"'{Field.Name}' is no number in any of the {all.Count} runs; expected a metric or another number.",
                "'assay paths --numeric' lists them.", "list_paths with numeric lists them.")
            : KnownNames.Unknown(all, Field.Name);
    }

    private QuestionException Undefined(int runs)
    {
        string which = $"{Words.Count(runs, Options.AnyStatus ? "run" : "successful run")}";
        return Options.Peak
            ? new QuestionException($"'{Field.Name}' was never anything but NaN in {which}, and NaN has no rank; "
                + "expected a number.", "Take another metric.", "Take another metric.")
            : new QuestionException(
                $"the last value of '{Field.Name}' is NaN in {which}, and NaN has no rank; expected a number. Where it was one earlier,",
                $"'assay best {Field.Name} --peak' ranks by the best value a run ever had.", "best_runs with peak ranks by the best "
                    + "value a run ever had.");
    }

    private static int Compare(RankedRun a, RankedRun b) =>
        a.Value != b.Value ? a.Value.CompareTo(b.Value) : NumberOrder.Tie(
            a.Value, ValueOrder.Number(a.At.Value), ValueOrder.Number(b.At.Value));

    private static bool Counts(RunRecord run, RankingOptions options) => options.AnyStatus || run.Status == RunStatus.Success;

    private static IEnumerable<FieldPoint> Values(RunValues run, RunField field, RankingOptions options) =>
        options.Peak ? field.Over(run) : (field.Of(run) ?? []).Select(v => new FieldPoint(v, null, null, null, null));

    private static RankedRun? Judged(RunValues run, RunField field, RankingOptions options)
    {
        RankedRun? best = null;
        foreach (FieldPoint point in Values(run, field, options))
        {
            if (!ValueOrder.TryNumber(point.Value, out double value) || double.IsNaN(value)) continue;
            var judged = new RankedRun(run.Run, value, point);
            if (best is null || (options.Minimize ? Compare(judged, best) < 0 : Compare(judged, best) > 0)) best = judged;
        }

        return best;
    }
}
