namespace Assay.Questions;

/// <summary>The parameters that choose runs; the same in all questions.</summary>
internal static class RunParameters
{
    /// <summary>What a name of a value looks like.</summary>
    public const string Field = "a name such as accuracy, params.lr, metrics.acc, metadata.x.y, tracked.layers[].size";

    private static readonly string[] Statuses = [.. Enum.GetValues<RunStatus>().Select(RunStatusText.Text)];

    /// <summary>The run that a question is about.</summary>
    public static TextParameter Run { get; } = new("run", RunAddress.Description)
    { ToolDescription = $"The run: {RunAddress.ToolForms}", IsPositional = true, IsRequired = true };

    /// <summary>The run whose values alone count.</summary>
    public static TextParameter OnlyRun { get; } = new("run", "Only of this run, addressed as everywhere")
    { ToolDescription = $"Only of this run: {RunAddress.ToolForms}", Placeholder = "RUN" };

    public static TextParameter Experiment { get; } = new("experiment", "Only runs of this experiment: name, or name:version")
    { IsPositional = true };

    public static ListParameter Status { get; } = new(
        "status", "Only runs with this status: running, success, failed, cancelled or interrupted; may be given again")
    { ToolDescription = "Only runs with one of these statuses", Placeholder = "STATUS", Most = 5, Choices = Statuses };

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
    { ToolDescription = "Only runs started then or later: 2w, 3d, 12h ago, or 2026-01-31 (UTC)", Placeholder = "TIME" };

    public static TextParameter<DateTimeOffset?> Until { get; } = new(
        "until", "Only runs started before then", (text, call, name) => TimeText.Parse(name, text, call.Now))
    { ToolDescription = "Only runs started before then, as since", Placeholder = "TIME" };

    public static ListParameter Tags { get; } = new("tags", "Only runs with this tag; may be given again")
    { ToolDescription = "Only runs that carry all of these tags", ShellName = "--tag", Placeholder = "TAG" };

    /// <summary>Whether runs of earlier code count too.</summary>
    public static FlagParameter Earlier { get; } = new(
        "earlier", "Also runs of earlier code and other contexts. Default: of each experiment only those of the newest");

    /// <summary>The confidence of intervals.</summary>
    public static RealParameter Confidence { get; } = new("confidence", "The confidence of intervals", 0, 1, 0.95)
    { Placeholder = "SHARE" };

    /// <summary>All parameters of a filter.</summary>
    public static IReadOnlyList<Parameter> Filter { get; } = [Experiment, Status, Where, Since, Until, Tags, Earlier];

    /// <summary>Those of a filter without the status, where another parameter decides over it.</summary>
    public static IReadOnlyList<Parameter> FilterWithoutStatus { get; } = [Experiment, Where, Since, Until, Tags, Earlier];

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
}

/// <summary>Which runs a call asks about; a parameter that the question does not declare is as one that is not given.</summary>
/// <exception cref="AssayException">A value is not understood.</exception>
internal sealed class RunFilter(QuestionCall call, string? experiment = null)
{
    private readonly IReadOnlyList<string> _statuses = RunParameters.Status.Of(call);
    private readonly RunCondition? _where = RunParameters.Where.Of(call);
    private readonly DateTimeOffset? _since = RunParameters.Since.Of(call), _until = RunParameters.Until.Of(call);
    private readonly IReadOnlyList<string> _tags = RunParameters.Tags.Of(call);

    /// <summary>Name, or name:version; null for all.</summary>
    public string? Experiment { get; } = experiment ?? RunParameters.Experiment.Of(call);

    private readonly bool _earlier = RunParameters.Earlier.Of(call);
    private Results? _left;

    /// <summary>The number of runs that fit and are left out, because they are of earlier code or another context.</summary>
    public int EarlierLeftOut => _left?.Count ?? 0;

    /// <summary>All runs of the experiment, and those that are asked about; both oldest first.</summary>
    /// <exception cref="AssayException">There is no such experiment, or no run has a name of the condition.</exception>
    public (Results All, Results Chosen) Apply()
    {
        Results all = Experiment is null ? call.Store.LoadAll(earlier: true) : call.Store.Load(Experiment, earlier: true), chosen = all;
        if (_statuses.Count > 0)
            chosen = all.Filter(Enum.GetValues<RunStatus>().Where(s => _statuses.Contains(RunStatusText.Text(s))).ToHashSet());
        if (_since is { } since) chosen = chosen.Filter(run => run.StartedAt >= since);
        if (_until is { } until) chosen = chosen.Filter(run => run.StartedAt < until);
        if (_tags.Count > 0) chosen = chosen.Tagged([.. _tags]);
        if (!_earlier) chosen = chosen.Newest;
        _left = chosen.Earlier;
        if (_where is null) return (all, chosen);
        _where.Check(all);
        _left = _left.Filter(MayHold);
        Results fulfilling = chosen.Filter(Holds);
        if (fulfilling.Count == 0) TellMisses(all);
        return (all, fulfilling);
    }

    private void TellMisses(Results all)
    {
        try
        {
            foreach (string miss in _where!.Misses(all)) call.Remark(miss);
        }
        catch (AssayException fault) when (fault is not StoreException)
        {
            // A name that means several values of a run that is not shown spoils no answer.
        }
    }

    private bool Holds(RunRecord run)
    {
        call.Cancellation.ThrowIfCancellationRequested();
        return _where!.Holds(run);
    }

    // A name that means several values of a run that is not shown spoils no answer.
    private bool MayHold(RunRecord run)
    {
        try
        {
            return Holds(run);
        }
        catch (AssayException)
        {
            return true;
        }
    }
}
