namespace Assay.Cli.Mcp;

/// <summary>The arguments that say which runs are meant; the same in all tools.</summary>
internal static class RunFilterParameters
{
    private static readonly TextParameter Experiment = new("experiment", "Only runs of this experiment: NAME, or NAME:VERSION");

    private static readonly TextListParameter Status = new("status", "Only runs that stand like this", most: 5, choices: [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)]);

    private static readonly TextParameter Where = new(
        "where",
        "Only runs that fulfil a condition over names of values: = != < <= > >=, and or not ( ), ~ for a part of a text, in (…), is missing, = nan; text in quotes. "
        + "Such as: params.lr > 0.01 and accuracy >= 0.9", longest: 4000);

    private static readonly TextParameter Since = new("since", "Only runs started then or later: 2w, 3d, 12h ago, or 2026-01-31 (UTC)");
    private static readonly TextParameter Until = new("until", "Only runs started before then, as since");
    private static readonly TextListParameter Tags = new("tags", "Only runs that carry all of these tags");

    public static IReadOnlyList<Parameter> All { get; } = [Experiment, Status, Where, Since, Until, Tags];

    /// <summary>Without the status, where another argument decides over it.</summary>
    public static IReadOnlyList<Parameter> WithoutStatus { get; } = [Experiment, Where, Since, Until, Tags];

    /// <exception cref="AssayException">A value is not understood.</exception>
    public static RunFilter Of(ToolCall call) => new()
    {
        Experiment = Experiment.Of(call),
        Statuses = (Status.Of(call) ?? []).Select(text => Enum.GetValues<RunStatus>().Single(s => RunStatusText.Text(s) == text)).ToHashSet(),
        Where = Where.Of(call) is { } where ? RunCondition.Parse(where, call.Now) : null,
        Since = Since.Of(call) is { } since ? TimeText.Parse("since", since, call.Now) : null,
        Until = Until.Of(call) is { } until ? TimeText.Parse("until", until, call.Now) : null,
        Tags = Tags.Of(call) ?? [],
        Cancellation = call.Cancellation,
    };
}
