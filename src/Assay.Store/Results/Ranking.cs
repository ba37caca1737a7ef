namespace Assay;

/// <summary>How runs are ranked. Immutable.</summary>
/// <param name="Minimize">Whether less is better. Default: no.</param>
/// <param name="Peak">Whether a run is judged by the best value it ever had. Default: no, by the last one.</param>
/// <param name="AnyStatus">Whether runs without success are ranked too. Default: no.</param>
public sealed record RankingOptions(bool Minimize = false, bool Peak = false, bool AnyStatus = false);

/// <summary>A run with the value it is judged by. Immutable.</summary>
/// <param name="Run">The run.</param>
/// <param name="Value">The nearest double of the value; never NaN.</param>
/// <param name="At">The value with every digit, and when in the run it was recorded, where that is known.</param>
public sealed record RankedRun(RunRecord Run, double Value, FieldPoint At);

/// <summary>
/// Runs by the value of a field, best first, and how many were left out; the earlier run comes first of equals. NaN has no rank. It is what
/// <c>assay best</c> and <see cref="Results.Rank"/> answer from. Immutable.
/// </summary>
/// <param name="Field">What decides.</param>
/// <param name="Options">How the runs were ranked.</param>
/// <param name="Runs">The runs, best first.</param>
/// <param name="WithoutValue">The number of runs without a number there, NaN included.</param>
/// <param name="NotSuccessful">The number of runs that were not ranked because of their status.</param>
public sealed record Ranking(RunField Field, RankingOptions Options, IReadOnlyList<RankedRun> Runs, int WithoutValue, int NotSuccessful)
{
    /// <summary>Those among the runs without a value whose value is NaN.</summary>
    public IReadOnlyList<RunRecord> Undefined { get; private init; } = [];

    private Results? All { get; init; }

    /// <summary>Ranks runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="field">What decides.</param>
    /// <param name="options">How they are ranked.</param>
    /// <param name="cancellation">Ends the reading of the runs.</param>
    /// <exception cref="AssayException">The name of the field means several values of a run.</exception>
    public static Ranking Of(Results runs, RunField field, RankingOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(options);
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

    /// <summary>
    /// The ranked runs in groups with equal values of some fields, by the mean of the group or by its best run; the best first. A NaN among
    /// the values makes the mean NaN, as everywhere, and such a group comes last: the mean of those that are left would favour settings
    /// that fail now and then.
    /// </summary>
    /// <param name="by">The fields.</param>
    /// <param name="byMean">Whether the means decide, and not the best runs.</param>
    public IReadOnlyList<RankedGroup> Groups(IReadOnlyList<RunField> by, bool byMean)
    {
        IReadOnlyDictionary<string, object?> KeyOf(RunRecord run) => RankedGroup.KeyOf(run, by);
        Dictionary<string, int> undefined = Undefined.CountBy(run => PlainJson.Of(KeyOf(run)), StringComparer.Ordinal).ToDictionary();
        IEnumerable<RankedGroup> groups = Runs.Select(r => (Key: KeyOf(r.Run), Run: r))
            .GroupBy(r => PlainJson.Of(r.Key), StringComparer.Ordinal)
            .Select(g => new RankedGroup(g.First().Key, [.. g.Select(r => r.Run)], undefined.GetValueOrDefault(g.Key)));
        if (!byMean) return [.. groups];
        IOrderedEnumerable<RankedGroup> defined = groups.OrderBy(g => double.IsNaN(g.Mean));
        return [.. Options.Minimize ? defined.ThenBy(g => g.Mean) : defined.ThenByDescending(g => g.Mean)];
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
        string which = Plural.Of(runs, Options.AnyStatus ? "run" : "successful run");
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
