namespace Assay.Questions;

/// <summary>Writes a whole table to a file; the tool <c>export_table</c> gives it in pages.</summary>
internal sealed class ExportQuestion : Question<ExportReport>
{
    private static readonly FlagParameter OutputRows = new("rows", "The output rows of the runs instead of one row a run", on: Shell);

    public override CommandText Command { get; } = new("export", "Save runs as a table",
        "assay export --output runs.csv",
        "assay export iris --output iris.xlsx",
        "assay export iris:2 --rows --output rows.csv",
        "assay export --where \"accuracy >= 0.9\" --status success --columns run_id,param_lr,accuracy --output good.csv",
        "assay export iris --output - --format tsv",
        "assay export iris --format clipboard");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, TableOutput.File, TableOutput.Format, OutputRows, TableOutput.Columns];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        var output = TableOutput.Of(call);
        IReadOnlyList<string> names = TableOutput.Columns.Of(call);
        bool printed = output.IsPrinted;
        (Results all, Results runs) = filter.Apply();
        Table table = OutputRows.Of(call) ? runs.Rows : runs.ToTable(RunColumns.All, call.Cancellation);
        bool any = table.RowCount > 0;
        if (any && names.Count > 0) table = table.Select(names);
        string? path = any ? output.Save(table) : null;
        var report = new ExportReport(
            call.Store.Path, filter.Experiment, runs.Count, path, output.TableFormat.Name(), table.RowCount, any ? table.Columns.Count : 0)
        { Printed = !printed ? null : any ? table.ToText(output.TableFormat) : "", EarlierLeftOut = filter.EarlierLeftOut };
        IEnumerable<string> warnings =
            report.EarlierLeftOut == 0 ? [] : [EarlierRuns.LeftOut(report.EarlierLeftOut, RunParameters.Earlier.ShellName)];
        if (printed && !any) warnings = warnings.Prepend(report.Nothing());
        return new Answer(report) { Runs = all, IsNegative = !any, Warnings = [.. warnings] };
    }

    protected override void Write(ExportReport report, Page page)
    {
        if (report.Printed is { } text)
        {
            page.Raw(text);
            return;
        }

        page.Line(report.Rows == 0 ? report.Nothing() : TableOutput.Told(report.Rows, report.Columns, report.Path));
    }
}

/// <summary>What was saved, and where.</summary>
internal sealed record ExportReport(
    string Store, string? Experiment, int Runs, string? Path, string Format, long Rows, int Columns) : RunsReport
{
    // Told as a warning, because the text may be the table.
    internal override bool HasLineOfEarlier => false;

    /// <summary>The table itself, where it is the answer.</summary>
    internal string? Printed { get; init; }

    public string Nothing() =>
        (Runs == 0 ? "no runs" : $"none of {Words.Count(Runs, "run")} recorded rows") + ", so nothing was written";
}

/// <summary>The columns of an exported table of runs.</summary>
internal static class RunColumns
{
    public static TableOptions All { get; } = new() { Tracked = true, Derived = true };
}
