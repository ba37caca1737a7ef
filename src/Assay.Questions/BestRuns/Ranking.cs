namespace Assay.Questions;

/// <summary>Whether less is better, whether a run is judged by the best value it ever had, whether runs without success count.</summary>
internal sealed record RankingOptions(bool Minimize = false, bool Peak = false, bool AnyStatus = false);

/// <summary>A run with the value it is judged by, never NaN, and where in the run it was recorded.</summary>
internal sealed record RankedRun(RunRecord Run, double Value, FieldPoint At)
{
    /// <summary>The value with every digit, which a double may not have.</summary>
    public RecordedNumber Exact => RecordedNumber.Of(At.Value)!.Value;
}

/// <summary>
/// Runs by the value of a field, best first, and how many were left out; the earlier run comes first of equals. NaN has no rank.
/// </summary>
internal sealed record Ranking(RunField Field, RankingOptions Options, IReadOnlyList<RankedRun> Runs, int WithoutValue, int NotSuccessful)
{
    /// <summary>Those among the runs without a value whose value is NaN.</summary>
    public IReadOnlyList<RunRecord> Undefined { get; private init; } = [];

    private Results? All { get; init; }

    public static Ranking Of(Results runs, RunField field, RankingOptions options, CancellationToken cancellation = default)
    {
        var ranked = new List<RankedRun>();
        var undefined = new List<RunRecord>();
        int without = 0, unsuccessful = 0;
        foreach (RunRecord run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Counts(run, options)) unsuccessful++;
            else if (Judged(new RunValues(run), field, options) is { } judged) ranked.Add(judged);
            else
            {
                without++;
                if (IsUndefined(run, field, options)) undefined.Add(run);
            }
        }

        var order = Comparer<RankedRun>.Create(Compare);
        IEnumerable<RankedRun> sorted = options.Minimize ? ranked.Order(order) : ranked.OrderDescending(order);
        return new Ranking(field, options, [.. sorted], without, unsuccessful) { All = runs, Undefined = undefined };
    }

    /// <summary>Why there is no best run.</summary>
    public AssayException Nothing()
    {
        if (All is not { Count: > 0 } all) return new AssayException($"no run is left to rank by '{Field.Name}'. Loosen the condition.");
        if (Undefined.Count > 0) return OnlyNaN(Undefined.Count);
        RunRecord? other = all.FirstOrDefault(run => Judged(new RunValues(run), Field, Options) is not null);
        if (other is not null)
            return new QuestionException(
                $"no successful run has a number called '{Field.Name}', but others have, such as {other.Id} "
                    + $"({RunStatusText.Text(other.Status)}).",
                $"'assay best {Field.Name} --any-status' ranks them too.", "best_runs with any_status ranks them too.");
        return all.Any(run => Field.Of(new RunValues(run)) is not null)
            ? new QuestionException(
                $"'{Field.Name}' is no number in any of the {all.Count} runs; expected a metric or another number.",
                "'assay paths --numeric' lists them.", "list_paths with numeric lists them.")
            : KnownNames.Unknown(all, Field.Name);
    }

    private QuestionException OnlyNaN(int runs)
    {
        string which = Words.Count(runs, Options.AnyStatus ? "run" : "successful run");
        return Options.Peak
            ? new QuestionException($"'{Field.Name}' was never anything but NaN in {which}, and NaN has no rank; "
                + "expected a number.", "Take another metric.", "Take another metric.")
            : new QuestionException(
                $"the last value of '{Field.Name}' is NaN in {which}, and NaN has no rank; expected a number. Where it was one earlier,",
                $"'assay best {Field.Name} --peak' ranks by the best value a run ever had.",
                "best_runs with peak ranks by the best value a run ever had.");
    }

    private static int Compare(RankedRun a, RankedRun b) =>
        a.Value != b.Value
            ? a.Value.CompareTo(b.Value)
            : NumberOrder.Tie(a.Value, ValueOrder.Number(a.At.Value), ValueOrder.Number(b.At.Value));

    private static bool IsUndefined(RunRecord run, RunField field, RankingOptions options) =>
        Values(new RunValues(run), field, options).Any(point => ValueOrder.Number(point.Value) is double.NaN);

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
