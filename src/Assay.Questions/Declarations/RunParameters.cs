namespace Assay.Questions;

/// <summary>The parameters that choose runs; the same in all questions.</summary>
internal static class RunParameters
{
    /// <summary>What a name of a value looks like.</summary>
    public const string Field = "a name such as accuracy, params.lr, metrics.acc, metadata.x.y, tracked.layers[].size";

    private static readonly string[] Statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];

    /// <summary>The run that a question is about.</summary>
    public static TextParameter Run { get; } = new("run", RunAddress.Description)
    {
        ToolDescription = $"The run: {RunAddress.ToolForms}",
        IsPositional = true,
        IsRequired = true,
    };

    /// <summary>The run whose values alone count.</summary>
    public static TextParameter OnlyRun { get; } = new("run", "Only of this run, addressed as everywhere")
    {
        ToolDescription = $"Only of this run: {RunAddress.ToolForms}",
        Placeholder = "RUN",
    };

    public static TextParameter Experiment { get; } = new("experiment", "Only runs of this experiment: name, or name:version")
    {
        IsPositional = true,
    };

    public static ListParameter Status { get; } = new(
        "status", "Only runs with this status: running, success, failed, cancelled or interrupted; may be given again")
    {
        ToolDescription = "Only runs with one of these statuses",
        Placeholder = "STATUS",
        Most = 5,
        Choices = Statuses,
    };

    public static TextParameter<RunCondition> Where { get; } = new(
        "where", "Only runs that fulfil a condition, such as \"params.lr > 0.01 and accuracy >= 0.9\"",
        (text, call, _) => RunCondition.Parse(text, call.Now))
    {
        ToolDescription = "Only runs that fulfil a condition over names of values: = != < <= > >=, and or not ( ), ~ for a part of a "
            + "text, in (…), is missing, = nan; text in quotes. Such as: params.lr > 0.01 and accuracy >= 0.9",
        Placeholder = "CONDITION",
        Longest = 4000,
    };

    public static TextParameter<DateTimeOffset?> Since { get; } = new(
        "since", "Only runs started then or later: 2w, 3d, 12h ago, or 2026-01-31",
        (text, call, name) => TimeText.Parse(name, text, call.Now))
    {
        ToolDescription = "Only runs started then or later: 2w, 3d, 12h ago, or 2026-01-31 (UTC)",
        Placeholder = "TIME",
    };

    public static TextParameter<DateTimeOffset?> Until { get; } = new(
        "until", "Only runs started before then", (text, call, name) => TimeText.Parse(name, text, call.Now))
    {
        ToolDescription = "Only runs started before then, as since",
        Placeholder = "TIME",
    };

    public static ListParameter Tags { get; } = new("tags", "Only runs with this tag; may be given again")
    {
        ToolDescription = "Only runs that carry all of these tags",
        ShellName = "--tag",
        Placeholder = "TAG",
    };

    /// <summary>All parameters of a filter.</summary>
    public static IReadOnlyList<Parameter> Filter { get; } = [Experiment, Status, Where, Since, Until, Tags];

    /// <summary>Those of a filter without the status, where another parameter decides over it.</summary>
    public static IReadOnlyList<Parameter> FilterWithoutStatus { get; } = [Experiment, Where, Since, Until, Tags];

    /// <summary>The flag that a command does not ask first.</summary>
    public static FlagParameter Yes(string description) => new("yes", description, on: Shell) { Alias = "-y" };

    /// <summary>The flag that a command lists everything.</summary>
    public static FlagParameter All(string what) => new("all", $"All {what}, however many", on: Shell);

    /// <summary>The number of elements on a page.</summary>
    public static NumberParameter Limit(int otherwise, int most, string what) =>
        new("limit", $"The largest number of {what}", 1, most, otherwise) { Placeholder = "N" };

    /// <summary>The names of values, in commas on the command line.</summary>
    public static ListParameter Fields(string name, string description, string toolDescription) =>
        new(name, description) { ToolDescription = toolDescription, Placeholder = "NAMES", HasCommas = true };

    /// <summary>The fields of such names; null when none are given.</summary>
    /// <exception cref="AssayException">A name cannot be read.</exception>
    public static IReadOnlyList<RunField>? Read(ListParameter names, QuestionCall call) =>
        names.Of(call) is { Count: > 0 } given ? [.. given.Select(RunField.Parse)] : null;

    /// <summary>The filter of a call; a parameter that the question does not declare is as one that is not given.</summary>
    /// <exception cref="AssayException">A value is not understood.</exception>
    public static RunFilter Read(QuestionCall call) => new()
    {
        Experiment = Experiment.Of(call),
        Statuses = Status.Of(call).Select(text => Enum.GetValues<RunStatus>().Single(s => RunStatusText.Text(s) == text)).ToHashSet(),
        Where = Where.Of(call),
        Since = Since.Of(call),
        Until = Until.Of(call),
        Tags = Tags.Of(call),
        Cancellation = call.Cancellation,
    };
}
