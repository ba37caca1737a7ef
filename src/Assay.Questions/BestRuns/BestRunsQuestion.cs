namespace Assay.Questions;

internal sealed class BestRunsQuestion : Question<BestReport>
{
    private static readonly TextParameter Metric = new(
        "metric", "The metric, or any other value that is a number: accuracy, metrics.acc, params.lr")
    { ToolDescription = $"What decides: {RunParameters.Field}", IsPositional = true, IsRequired = true };

    private static readonly FlagParameter Minimize = new("minimize", "Less is better. Default: more") { ShellName = "--min" };
    private static readonly FlagParameter Peak = new("peak", "Judge a run by the best value it ever had. Default: by its last");
    private static readonly FlagParameter AnyStatus = new("any_status", "Rank runs that did not succeed too")
    { ToolDescription = "Rank runs too that failed, were cancelled or interrupted, or are running" };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "Rank groups of runs with equal values by their mean, such as params for all replicates of a point",
        "Rank groups of runs with equal values by their mean, such as [\"params\"] for the replicates of each point. Excludes group");

    private static readonly ListParameter Group = RunParameters.Fields(
        "group", "The best run of each group of runs with equal values, such as experiment",
        "The best run of each group of runs with equal values, such as [\"experiment\"]. Excludes by");

    private static readonly NumberParameter Limit = RunParameters.Limit(10, 500, "runs or groups");

    public override CommandText Command { get; } = new("best", "Rank runs by a metric, the best first",
        "assay best accuracy",
        "assay best loss --min --since 2w",
        "assay best accuracy iris --by params",
        "assay best accuracy --group experiment,version",
        "assay best metrics.acc --peak --where \"params.lr < 0.1\" --json");

    public override ToolText Tool => new("best_runs", "Rank runs",
        "Ranks runs by a metric or any other number, the best first; or groups of runs by mean and standard deviation. Only successful "
            + "runs count unless any_status is set; the answer says how many were left out.");

    public override IReadOnlyList<Parameter> Parameters =>
        [Metric, .. RunParameters.FilterWithoutStatus, Minimize, Peak, AnyStatus, By, Group, Limit, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        var field = RunField.Parse(Metric.Of(call)!);
        IReadOnlyList<RunField>? by = RunParameters.Read(By, call), group = RunParameters.Read(Group, call);
        if (by is not null && group is not null)
        {
            (string means, string bests) = (call.NameOf(By), call.NameOf(Group));
            throw new AssayException($"{means} and {bests} exclude each other; expected {means} for means over groups, "
                + $"or {bests} for the best run of each.");
        }

        int from = PageCursor.From(call), most = Limit.Count(call);
        var options = new RankingOptions { Minimize = Minimize.Of(call), Peak = Peak.Of(call), AnyStatus = AnyStatus.Of(call) };
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [field, .. by ?? [], .. group ?? []]);
        var ranking = Ranking.Of(chosen, field, options, call.Cancellation);
        IReadOnlyList<RankedGroup>? groups = (by ?? group) is { } fields ? ranking.Groups(fields, byMean: by is not null) : null;
        var report = BestReport.Of(call.Store, ranking, groups, means: by is not null, most, from) with
        { EarlierLeftOut = filter.EarlierLeftOut };
        if (groups is null) call.LastList?.Remember(report.Runs.Select(r => r.RunId));
        AssayException? nothing = ranking.Runs.Count == 0 && chosen.Count > 0 ? ranking.Nothing() : null;
        IEnumerable<string> left = LeftOut(ranking.NotSuccessful, ranking.WithoutValue, "; any_status ranks them");
        return new Answer(report)
        {
            Runs = all,
            IsNegative = ranking.Runs.Count == 0,
            List = new AnswerList(groups is null ? "runs" : "groups", groups?.Count ?? ranking.Runs.Count, from),
            Warnings = nothing is null ? [] : [ShellMessageOf(nothing)],
            Remarks = nothing is null ? [.. left] : [ToolMessageOf(nothing), .. left],
        };
    }

    protected override void Write(BestReport report, Page page)
    {
        page.Grid(report.Groups is { } groups ? Groups(report, groups, page) : Runs(report, page), none: "no runs");
        // A ranking that leaves runs out must not look like one of all.
        int all = report.GroupCount ?? report.Total;
        page.Rest(report.Shown, all, report.Groups is null ? "run" : "group", "--limit N shows more");
        foreach (string left in LeftOut(report.NotSuccessful, report.WithoutValue, " (--any-status ranks them)")) page.Line(left);
        if (report.Means && report.Groups!.Any(g => g.Undefined > 0))
            page.Line("A group with runs whose value is NaN has no mean and comes last.");
    }

    private static TextGrid Runs(BestReport report, Page page)
    {
        bool statuses = report.Runs.Any(r => r.Status != "success");
        (string, Func<BestRun, string?>)[] first =
        [
            ("@", r => Words.Value(r.Rank)), ("id", r => page.ShortId(r.RunId)), (report.Metric, r => Words.Value(r.Value.Value)),
            ("step", r => Words.Value(r.Step)), ("status", r => statuses ? page.Status(r.Status) : ""),
            ("experiment", r => Words.Title(r.Experiment, r.Version)),
        ];
        (string, Func<BestRun, string?>) started = (page.TimeHeading("started"), r => page.Time(r.StartedAt));
        TextGrid grid = TextGrid.Of(report.Runs, [
            .. first, .. Params(report.Runs, r => r.Experiment, r => r.Params, first.Append(started), page), started])
            .WithoutEmpty("step", "status", "params");
        grid.FoldsConstants = true;
        return grid;
    }

    private static TextGrid Groups(BestReport report, IReadOnlyList<BestGroup> groups, Page page)
    {
        string mean = "mean " + report.Metric;
        (string, Func<BestGroup, string?>)[] last =
        [
            (mean, g => report.Means ? MeanText.Of(g.Mean, g.StandardDeviation) : ""),
            ("runs", g => Words.Number(g.Runs + g.Undefined) + (g.Undefined > 0 ? $" ({Words.Number(g.Undefined)} NaN)" : "")),
            ("best " + report.Metric, g => Words.Value(g.Best.Value.Value)), ("id", g => page.ShortId(g.Best.RunId)),
        ];
        string[] keys = [.. groups.SelectMany(g => g.Group.Keys).Distinct(StringComparer.Ordinal)];
        TextGrid grid = TextGrid.Of(groups, [
            .. keys.SelectMany(key => key == "params"
                ? Params(groups, g => g.Best.Experiment, g => g.Best.Params, last.Concat(keys.Select(Key)), page)
                : [Key(key)]),
            .. last]).WithoutEmpty(mean);
        grid.FoldsConstants = true;
        return grid;

        static (string, Func<BestGroup, string?>) Key(string key) => (key, g => Words.Value(g.Group.GetValueOrDefault(key)));
    }

    /// <summary>A column for each parameter when all are of one experiment and they are few, else one for all.</summary>
    private static (string, Func<T, string?>)[] Params<T>(
        IReadOnlyList<T> items, Func<T, string> experiment, Func<T, IReadOnlyDictionary<string, object?>> values,
        IEnumerable<(string Heading, Func<T, string?>)> others, Page page)
        where T : class
    {
        (string, Func<T, string?>)[] columns = items.DistinctBy(experiment).Count() != 1 ? []
            : ValueColumns.Of(items, item => JsonObjects.Flatten(values(item)), "params", others.Select(c => c.Heading));
        return columns.Length > 0 && ValueColumns.Fit(items, page, columns) ? columns : [("params", item => Words.Values(values(item)))];
    }

    private static IEnumerable<string> LeftOut(int notSuccessful, int withoutValue, string remedy)
    {
        if (notSuccessful > 0) yield return $"Not ranked: {Words.Count(notSuccessful, "run")} without success{remedy}.";
        if (withoutValue > 0) yield return $"Not ranked: {Words.Count(withoutValue, "run")} without a number there.";
    }
}
