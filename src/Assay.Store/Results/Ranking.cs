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
    public IReadOnlyList<RunRecord> Undefined => Rows?.Undefined() ?? [];

    private Results? All { get; init; }

    private RankedRows? Rows { get; init; }

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
        return runs.OnColumns((catalog, rows) =>
        {
            var ranked = RankedRows.Of(catalog, rows, field, options, cancellation);
            return new Ranking(field, options, ranked, ranked.WithoutValue, ranked.NotSuccessful) { All = runs, Rows = ranked };
        });
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
        ArgumentNullException.ThrowIfNull(by);
        IReadOnlyList<RankedGroup> groups = Rows?.Groups(by) ?? [];
        if (!byMean) return groups;
        IOrderedEnumerable<RankedGroup> defined = groups.OrderBy(g => double.IsNaN(g.Mean));
        return [.. Options.Minimize ? defined.ThenBy(g => g.Mean) : defined.ThenByDescending(g => g.Mean)];
    }

    /// <summary>Why there is no best run.</summary>
    public AssayException Nothing()
    {
        if (All is not { Count: > 0 } all) return new AssayException($"no run is left to rank by '{Field.Name}'. Loosen the condition.");
        if (Undefined.Count > 0) return OnlyNaN(Undefined.Count);
        RunRecord? other = all.FirstOrDefault(run => RankedRows.Judged(new RunValues(run), Field, Options) is not null);
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
}
