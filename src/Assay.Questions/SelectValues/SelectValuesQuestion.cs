namespace Assay.Questions;

internal sealed class SelectValuesQuestion : Question<SelectReport>
{
    private static readonly TextParameter Path = new(
        "path", "The values: params.lr, accuracy, layers[].size; 'assay paths' lists what there is")
    { ToolDescription = $"The values: {RunParameters.Field}; list_paths lists what there is", IsPositional = true, IsRequired = true };

    private static readonly FlagParameter Distinct = new("distinct", "Every different value once, with the number of runs that have it");
    private static readonly FlagParameter Last = new("last", "Of each run only the last value");
    private static readonly NumberParameter Limit = RunParameters.Limit(50, 1000, "values");
    private static readonly FlagParameter All = RunParameters.All("values");

    public override CommandText Command { get; } = new("select", "Show the values at a path, each with its run and where it stands",
        "assay select params.lr --where \"accuracy > 0.9\" --distinct", "assay select metrics.acc --run latest",
        "assay select layers[].size iris --all --json");

    public override ToolText Tool => new("select_values", "Values at a path",
        "Gives the values at one path, each with its run, step, note and the journal's line to cite; or every different value once "
            + "with the number of its runs.");

    public override IReadOnlyList<Parameter> Parameters =>
        [Path, .. RunParameters.Filter, RunParameters.OnlyRun, Distinct, Last, Limit, All, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        var field = RunField.Parse(Path.Of(call)!);
        int from = PageCursor.From(call), most = All.Of(call) ? int.MaxValue : Limit.Count(call);
        bool distinct = Distinct.Of(call), last = Last.Of(call);
        string? only = RunParameters.OnlyRun.Of(call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, field);
        var selection = new Selection(field, only is null ? chosen : [call.Find(all, only)], onlyLast: distinct || last, call.Cancellation);
        var report = SelectReport.Of(call.Store, field.Name, selection, distinct, most, from) with
        { EarlierLeftOut = only is null ? filter.EarlierLeftOut : 0 };
        return new Answer(report)
        {
            Runs = all,
            IsNegative = report.Total == 0,
            List = new AnswerList(distinct ? "distinct" : "values", report.Total, from),
            Rest = "A long value stands whole in the journal's line, and in 'assay select PATH --run ID --json' at a shell.",
        };
    }

    protected override void Write(SelectReport report, Page page)
    {
        page.Grid(report.Distinct is { } rows ? Different(rows, page) : Values(report.Values!, page), none: "no values");
        page.Rest(report.Shown, report.Total, "value");
    }

    private static TextGrid Different(IReadOnlyList<DistinctRow> rows, Page page) => TextGrid.Of(
        rows, ("value", r => Words.Exact(r.Value)), ("runs", r => Words.Number(r.Runs)), ("such as", r => page.ShortId(r.RunId)));

    private static TextGrid Values(IReadOnlyList<ValueRow> rows, Page page) => TextGrid.Of(
        rows, ("id", r => page.ShortId(r.RunId)), ("experiment", r => r.Experiment), ("step", r => Words.Value(r.Step)),
        ("value", r => Words.Exact(r.Value)), ("line", r => Words.Value(r.Line)), ("note", r => r.Note))
        .WithoutEmpty("step", "line", "note");
}
