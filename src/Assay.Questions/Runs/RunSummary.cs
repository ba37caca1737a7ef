namespace Assay.Questions;

/// <summary>A run as lists show it.</summary>
internal sealed record RunSummary(
    string RunId, string Experiment, string Version, string Status, IReadOnlyDictionary<string, object?> Params, RunSeed? Seed,
    IReadOnlyDictionary<string, object?> Metrics, IReadOnlyList<string> Tags, DateTimeOffset StartedAt, double? DurationMs,
    RunErrorLine? Error, IReadOnlyDictionary<string, object?>? Values)
{
    public static RunSummary Of(RunRecord run, IReadOnlyList<RunField>? columns = null) => new(
        run.Id, run.Experiment, run.Version, RunStatusText.Text(run.Status), run.Params, RunSeed.Of(run.Seed), run.Metrics, run.Tags,
        run.StartedAt, run.Duration?.TotalMilliseconds, RunErrorLine.Of(run.Error),
        columns is null ? null : Named(new RunValues(run), columns));

    /// <summary>Values of a run by the names of their fields.</summary>
    public static OrderedDictionary<string, object?> Named(RunValues run, IReadOnlyList<RunField> columns)
    {
        var values = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (RunField column in columns) values[column.Name] = column.Single(run);
        return values;
    }
}

/// <summary>Why a run failed, without the stack.</summary>
internal sealed record RunErrorLine(string Kind, string Type, string Message)
{
    public static RunErrorLine? Of(RunError? error) => error is null ? null : new RunErrorLine(error.Kind, error.Type, error.Message);

    /// <summary>The first line of the message, cut to what fits into a list.</summary>
    public string Short()
    {
        const int Longest = 60;
        string line = Message.ReplaceLineEndings("\n").Split('\n')[0];
        return $"{Type[(Type.LastIndexOf('.') + 1)..]}: {Words.Cut(line, Longest)}";
    }
}

/// <summary>A run's seeds as they stand in its journal.</summary>
internal sealed record RunSeed(long Base, int Replicate, string? Point)
{
    public static RunSeed? Of(RecordedSeed? seed) => seed is null ? null : new RunSeed(seed.Base, seed.Replicate, seed.Point);

    public override string ToString() => $"base {Base}, replicate {Replicate}{(Point is null ? "" : $", point {Point}")}";
}
