namespace Assay.Questions;

internal sealed class CompareRunsQuestion : Question<CompareReport>
{
    private const int MostRuns = 10;

    private static readonly CompareSettingsQuestion Settings = new();

    private static readonly ListParameter Runs = new(
        "runs", $"Two to {MostRuns} runs. {RunAddress.Description}. With --between an experiment: name, or name:version")
    {
        ToolDescription = $"Two to {MostRuns} runs, each {RunAddress.ToolForms}",
        ShellName = "RUN",
        IsPositional = true,
        Least = 2,
        Most = MostRuns,
    };

    private static readonly FlagParameter All = new("all", "Also what is the same. Default: only what differs");
    private static readonly NumberParameter Limit = RunParameters.Limit(200, 1000, "rows");

    public override CommandText Command { get; } = new(
        "compare", "Set runs side by side: params, metrics, status, code; or test whether settings differ",
        "assay compare latest~1 latest", "assay compare best:accuracy latest --all", "assay compare @1 @2 @3 --json",
        "assay compare iris --metric accuracy --between Hidden=4,16 --paired-by LearningRate,seed");

    public override ToolText Tool => new("compare_runs", "Compare runs",
        "Sets runs side by side: params, metrics, last tracked values, status, metadata and code; by default only what differs, and of "
            + "two runs by how much.");

    public override IReadOnlyList<Parameter> Parameters =>
        [Runs, All, RunParameters.Earlier, Limit, PageCursor.Parameter, .. CompareSettingsQuestion.OfCommand];

    /// <inheritdoc/>
    public override IEnumerable<Parameter> ParametersOn(Surfaces surface) => surface == Surfaces.Tools
        ? base.ParametersOn(surface).Except(CompareSettingsQuestion.OfCommand) : base.ParametersOn(surface);

    public override Answer Ask(QuestionCall call)
    {
        string[] addresses = [.. Runs.Of(call)];
        if (CompareSettingsQuestion.IsAsked(call))
            return addresses.Length < 2 ? CompareSettingsQuestion.Ask(call, new RunFilter(call, addresses.FirstOrDefault()))
                : throw new AssayException($"{Words.Count(addresses.Length, "word stands", "words stand")} before "
                    + $"{CompareSettingsQuestion.Between.ShellName}; expected one, the experiment whose settings are compared.");
        if (addresses.Length is < 2 or > MostRuns)
            throw new AssayException($"{Words.Count(addresses.Length, "run is", "runs are")} named; expected two to {MostRuns}. "
                + "'assay ls --columns' sets more of them below each other.");
        bool everything = All.Of(call);
        int from = PageCursor.From(call), most = Limit.Count(call);
        Results all = call.Store.LoadAll(earlier: true);
        RunRecord[] runs = [.. addresses.Select(a => call.Find(all, a))];
        RunRecord[] different = [.. runs.DistinctBy(r => r.Id)];
        IReadOnlyList<CompareLine> rows = SideBySide.Of(different);
        var report = CompareReport.Of(call.Store, addresses, runs, rows, everything, most, from);
        return new Answer(report)
        {
            Runs = all,
            List = new AnswerList("rows", everything ? rows.Count : report.Differing, from),
            Rest = "get_run gives a run's values.",
            Remarks = different.Length == 1 ? [$"All of them name the same run, {different[0].Id}: there is nothing to compare."] : [],
        };
    }

    public override void WriteText(Answer answer, Page page)
    {
        if (answer.Report is ComparisonReport) Settings.WriteText(answer, page);
        else base.WriteText(answer, page);
    }

    protected override void Write(CompareReport report, Page page)
    {
        string[] runs = [.. report.Runs.Select(r => r.RunId).Distinct(StringComparer.Ordinal)];
        if (runs.Length == 1)
        {
            page.Line($"{string.Join(" and ", report.Runs.Select(r => $"'{r.Address}'"))} name the same run, {runs[0]}: "
                + "there is nothing to compare.");
            return;
        }

        var grid = new TextGrid(["", .. runs.Select(page.ShortId), "change"]);
        foreach (CompareLine row in report.Rows)
        {
            string name = row.Part == "run" ? row.Name : $"{row.Part}.{row.Name}";
            grid.Add([name, .. runs.Select(id => Cell(row, id)), Change(row)]);
        }

        page.Grid(report.Rows.Any(r => r.Change is not null) ? grid : grid.WithoutEmpty("change"));
        int listedSame = report.Rows.Count(r => !r.Differs);
        int left = report.Differing - (report.Rows.Count - listedSame);
        if (left > 0) page.Line($"{Words.Count(left, "more row differs", "more rows differ")}; --limit N shows more.");
        if (report.Same > listedSame)
            page.Line($"{Words.Count(report.Same - listedSame, "value is", "values are")} the same; "
                + $"--all shows {(report.Same == 1 ? "it" : "them")}.");
    }

    private static string Cell(CompareLine row, string id) =>
        row.Values.TryGetValue(id, out object? value) ? value is null ? "null"
            : row.Part == "code" ? Words.Code(value) : Words.Value(value) : "–";

    private static string Change(CompareLine row) => row.Change is not { } change || !row.Differs ? "" : row.Name == "duration"
        ? (change.Real < 0 ? "-" : "+") + Words.Duration(TimeSpan.FromSeconds(Math.Abs(change.Real)))
        : (change.Real > 0 ? "+" : "") + Words.Value(change.Value);
}
