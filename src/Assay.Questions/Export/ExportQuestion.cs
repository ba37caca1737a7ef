namespace Assay.Questions;

/// <summary>Writes a whole table to a file; the tool <c>export_table</c> gives it in pages.</summary>
internal sealed class ExportQuestion : Question<ExportReport>
{
    private const string StandardOutput = "-";

    private static readonly TextParameter Output = new(
        "output",
        $"The file; its extension names the format: {string.Join(", ", TableFormats.Writable.Select(f => f.Extension()))}. "
            + "A - is standard output, with --format", on: Shell)
    { Alias = "-o", Placeholder = "FILE" };

    private static readonly TextParameter Format = new(
        "format", "The format by name, whatever the extension; clipboard takes no file", on: Shell)
    { Alias = "-f", Placeholder = "NAME" };

    private static readonly FlagParameter OutputRows = new("rows", "The output rows of the runs instead of one row a run", on: Shell);

    private static readonly FlagParameter Earlier = new(
        "earlier", "Also runs of earlier code and other contexts; the columns code and context tell them apart", on: Shell);

    public override CommandText Command { get; } = new("export", "Save runs as a table",
        "assay export --output runs.csv",
        "assay export iris --output iris.xlsx",
        "assay export iris:2 --rows --output rows.csv",
        "assay export iris --output - --format tsv",
        "assay export iris --format clipboard");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Experiment, Output, Format, OutputRows, Earlier];

    public override Answer Ask(QuestionCall call)
    {
        string? output = Output.Of(call), experiment = RunParameters.Experiment.Of(call);
        TableFormat format = FormatOf(output, Format.Of(call));
        bool printed = output == StandardOutput, earlier = Earlier.Of(call);
        if (printed && call.IsJson)
            throw new AssayException("--json and --output - would both write to standard output; expected one of them. "
                + "For the runs as JSON take --format json.");
        Results runs = experiment is null ? call.Store.LoadAll() : call.Store.Load(experiment, earlier);
        Table table = OutputRows.Of(call) ? runs.Rows : runs.ToTable(tracked: true);
        bool any = table.RowCount > 0;
        if (any && !printed) Save(table, output, format);
        string? path = any && output is not null && !printed ? Path.GetFullPath(output) : null;
        var report = new ExportReport(
            call.Store.Path, experiment, runs.Count, path, format.Name(), table.RowCount, any ? table.Columns.Count : 0)
        { Printed = !printed ? null : any ? table.ToText(format) : "" };
        IEnumerable<string> warnings = experiment is not null && !earlier ? LeftOut(call.Store, experiment, runs) : [];
        if (printed && !any) warnings = warnings.Prepend(report.Nothing());
        return new Answer(report) { Runs = runs, IsNegative = !any, Warnings = [.. warnings] };
    }

    protected override void Write(ExportReport report, Page page)
    {
        if (report.Printed is { } text)
        {
            page.Raw(text);
            return;
        }

        string size = $"{Words.Count(report.Rows, "row")} of {Words.Count(report.Columns, "column")}";
        page.Line(report.Rows == 0 ? report.Nothing()
            : report.Path is null ? $"copied {size} to the clipboard"
            : $"wrote {size} to {report.Path}");
    }

    private static IEnumerable<string> LeftOut(Store store, string experiment, Results runs)
    {
        int left = store.Load(experiment, earlier: true).Count - runs.Count;
        if (left > 0)
            yield return $"{Words.Count(left, "run")} of earlier code or another context left out; "
                + $"--earlier includes {(left == 1 ? "it" : "them")}.";
    }

    // Checked before anything is read: a long load must not end in a misspelt extension.
    private static TableFormat FormatOf(string? output, string? name)
    {
        if (output == StandardOutput && name is null)
            throw new AssayException($"--output is '{StandardOutput}', standard output, which has no extension; name the format too, "
                + "for example --format csv.");
        TableFormat format = name is not null ? TableFormats.FromName(name)
            : output is not null ? TableFormats.FromPath(output)
            : throw new AssayException("no --output is given; name a file such as runs.csv, or use --format clipboard.");
        bool isClipboard = format == TableFormat.Clipboard;
        if (isClipboard && output is not null)
            throw new AssayException($"--output is '{output}', but the clipboard is no file; leave one of them out.");
        if (!isClipboard && output is null)
            throw new AssayException($"--format is {format.Name()}, but no --output is given; "
                + $"name a file such as runs{format.Extension()}, or - for standard output.");
        return format.WriteFault() is { } fault ? throw new AssayException(fault) : format;
    }

    private static void Save(Table table, string? output, TableFormat format)
    {
        try
        {
            if (output is null) table.CopyToClipboard();
            else table.Save(output, format);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"'{output}' cannot be written: {fault.Message} Expected a writable place; choose another file. "
                + "The store was only read.", fault);
        }
    }
}

/// <summary>What was saved, and where.</summary>
internal sealed record ExportReport(
    string Store, string? Experiment, int Runs, string? Path, string Format, long Rows, int Columns) : Report
{
    /// <summary>The table itself, where it is the answer.</summary>
    internal string? Printed { get; init; }

    public string Nothing() =>
        (Runs == 0 ? "no runs" : $"none of {Words.Count(Runs, "run")} recorded rows") + ", so nothing was written";
}
