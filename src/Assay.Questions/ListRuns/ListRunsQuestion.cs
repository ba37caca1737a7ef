using System.Globalization;
using RunColumn = (string Heading, System.Func<Assay.Questions.RunSummary, string?> Cell);

namespace Assay.Questions;

internal sealed class ListRunsQuestion : Question<RunList>
{
    private static readonly ListParameter Sort = RunParameters.Fields(
        "sort", "By these values, NAME or NAME:desc, several with commas. Default: the newest first",
        $"By these values, each {RunParameters.Field}, or NAME:desc for the largest first. Default: the newest first");

    private static readonly ListParameter Columns = RunParameters.Fields(
        "columns", "These values beside the id, several with commas",
        $"Further values to give of each run in 'values', each {RunParameters.Field}");

    private static readonly NumberParameter Limit = RunParameters.Limit(20, 500, "runs");
    private static readonly FlagParameter All = RunParameters.All("runs");

    private static readonly FlagParameter Oldest = new("oldest_first", "The oldest runs first. Default: the newest")
    { ShellName = "--oldest" };

    public override CommandText Command { get; } = new("ls", "List runs, the newest first",
        "assay ls",
        "assay ls iris --status failed --status interrupted --since 2w",
        "assay ls --where \"params.lr > 0.01 and accuracy >= 0.9\" --sort accuracy:desc",
        "assay ls --where \"metadata.hparams.batch_size in (32, 64)\" --columns params.lr,loss,started",
        "assay ls iris:2 --all --json");

    public override ToolText Tool => new("list_runs", "List runs",
        "Lists runs with params, metrics and status, the newest first; filters by a condition, by time, status and tags, sorts by any "
            + "value, and gives further values as columns. list_paths lists the names there are.");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, Sort, Columns, Limit, All, Oldest, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        RunSortKey[] keys = [.. Sort.Of(call).SelectMany(RunSortKey.Parse)];
        IReadOnlyList<RunField>? columns = RunParameters.Read(Columns, call);
        int most = All.Of(call) ? int.MaxValue : Limit.Count(call);
        bool oldest = Oldest.Of(call);
        var cursor = PageCursor.Of(call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [.. keys.Select(k => k.Field), .. columns ?? []]);
        Results ordered = keys.Length == 0 ? chosen : chosen.Sort(keys, call.Cancellation);
        bool isReversed = keys.Length == 0 && !oldest;
        int from = cursor is null ? 0 : From(cursor, ordered, isReversed);
        RunRecord[] listed = [.. Enumerable.Range(from, Math.Clamp(ordered.Count - from, 0, most))
            .Select(i => ordered[isReversed ? ordered.Count - 1 - i : i])];
        call.LastList?.Remember(listed.Select(run => run.Id));
        RunSummary[] runs = Array.ConvertAll(listed, run => RunSummary.Of(run, columns));
        string[]? names = columns?.Select(c => c.Name).ToArray();
        return new Answer(new RunList(call.Store.Path, filter.Experiment, chosen.Count, runs.Length, names, runs)
        { EarlierLeftOut = filter.EarlierLeftOut })
        {
            Runs = all,
            IsNegative = chosen.Count == 0,
            List = new AnswerList("runs", chosen.Count, from) { IdOf = place => listed[place].Id },
            Rest = "get_run and select_values give the values of one run.",
            ShortIds = () => new ShortIds(all.ReadIds(), listed.Select(run => UInt128.Parse(run.Id, NumberStyles.HexNumber, null))),
        };
    }

    /// <summary>A column for each parameter and metric when all runs are of one experiment, else one for all.</summary>
    protected override void Write(RunList list, Page page)
    {
        // The place is what @N means from now on.
        var places = new Dictionary<RunSummary, int>(ReferenceEqualityComparer.Instance);
        foreach ((int i, RunSummary run) in list.Runs.Index()) places[run] = i + 1;
        RunColumn[] first = [("@", r => Words.Value(places[r])), ("id", r => page.ShortId(r.RunId))];
        TextGrid grid = list.Columns is { } asked ? TextGrid.Of(list.Runs, [.. first, .. asked.Select(Asked)])
            : Usual(list, first, page);
        grid.FoldsConstants = list.Columns is null;
        page.Grid(grid, none: "no runs");
        page.Rest(list.Shown, list.Total, "run");
    }

    private static RunColumn Asked(string name) => (name, r => Words.Value(r.Values!.GetValueOrDefault(name)));

    private static TextGrid Usual(RunList list, RunColumn[] first, Page page)
    {
        bool versions = list.Runs.DistinctBy(r => r.Version).Count() > 1;
        RunColumn status = ("status", r => page.Status(r.Status)), replicate = ("replicate", r => Words.Value(r.Seed?.Replicate));
        RunColumn[] last =
        [
            (page.TimeHeading("started"), r => page.Time(r.StartedAt)), ("duration", r => Words.Duration(r.DurationMs)),
            ("error", r => r.Error?.Short()),
        ];
        if (list.Runs.DistinctBy(r => r.Experiment).Count() == 1)
        {
            string[] others = [.. first.Concat(last).Select(c => c.Heading), "status", "version", "replicate"];
            IEnumerable<string> parameterNames = list.Runs.SelectMany(r => JsonObjects.Flatten(r.Params)).Select(p => p.Key);
            IEnumerable<string> metricNames = list.Runs.SelectMany(r => r.Metrics.Keys);
            RunColumn[] parameters = ValueColumns.Of(
                list.Runs, r => JsonObjects.Flatten(r.Params), "params", others.Concat(metricNames));
            RunColumn[] metrics = ValueColumns.Of(list.Runs, r => r.Metrics, "metrics", others.Concat(parameterNames));
            if (ValueColumns.Fit(list.Runs, page, parameters.Concat(metrics)))
                return TextGrid.Of(list.Runs, [
                    .. first, status, ("version", r => versions ? r.Version : ""), .. parameters, replicate, .. metrics, .. last])
                    .WithoutEmpty("version", "replicate", "error");
        }

        return TextGrid.Of(list.Runs, [
            .. first, status, ("experiment", r => Words.Title(r.Experiment, r.Version)), ("params", r => Words.Values(r.Params)),
            replicate, ("metrics", r => Words.Values(r.Metrics)), .. last]).WithoutEmpty("error");
    }

    // The next page begins after the last run of the page before, also when runs were added meanwhile; by its number when the run is gone.
    private static int From(PageCursor cursor, Results ordered, bool isReversed) => ordered.IndexOf(cursor.After) switch
    {
        < 0 => cursor.Offset,
        int place => isReversed ? ordered.Count - place : place + 1,
    };
}

/// <summary>
/// Runs that were asked for: how many there are, those that are listed, and the names of the values asked for, null for the usual ones.
/// </summary>
internal sealed record RunList(
    string Store, string? Experiment, int Total, int Shown, IReadOnlyList<string>? Columns, IReadOnlyList<RunSummary> Runs) : RunsReport;
