using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay export</c></summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly Argument<string?> _experiment = new("EXPERIMENT")
    {
        Description = "Only runs of this experiment: name, or name:version",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private const string StandardOutput = "-";

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = $"The file; its extension names the format: {string.Join(", ", TableFormats.Writable.Select(f => f.Extension()))}. A - is standard output, with --format",
        HelpName = "FILE",
    };

    private readonly Option<string?> _format = new("--format", "-f")
    {
        Description = "The format by name, whatever the extension; clipboard takes no file",
        HelpName = "NAME",
    };

    private readonly Option<bool> _rows = new("--rows") { Description = "The output rows of the runs instead of one row a run" };

    private readonly Option<bool> _earlier = new("--earlier")
    {
        Description = "Also runs of earlier code and other contexts; the columns code and context tell them apart",
    };

    public ExportCommand() : base("export", "Save runs as a table")
    {
        Definition.Add(_experiment);
        Definition.Add(_output);
        Definition.Add(_format);
        Definition.Add(_rows);
        Definition.Add(_earlier);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
        ["assay export --output runs.csv", "assay export iris --output iris.xlsx", "assay export iris:2 --rows --output rows.csv", "assay export iris --output - --format tsv", "assay export iris --format clipboard"];

    protected override int Run(Invocation call)
    {
        string? output = call.Arguments.GetValue(_output);
        TableFormat format = Format(output, call.Arguments.GetValue(_format));
        bool printed = output == StandardOutput;
        if (printed && call.Json) throw new AssayException("--json and --output - would both write to standard output; expected one of them. For the runs as JSON take --format json.");
        Store store = call.OpenStore();
        string? experiment = call.Arguments.GetValue(_experiment);
        Results runs = experiment is null ? store.LoadAll() : store.Load(experiment, earlier: call.Arguments.GetValue(_earlier));
        Table table = call.Arguments.GetValue(_rows) ? runs.Rows : ExportedRuns.Table(runs);
        bool any = table.RowCount > 0;
        if (any && !printed) Save(table, output, format);
        var report = new ExportReport(
            store.Path, experiment, runs.Count, any && output is not null && !printed ? Path.GetFullPath(output) : null, format.Name(), table.RowCount, any ? table.Columns.Count : 0);
        if (printed && any) call.Console.Out.Write(table.ToText(format));
        else if (printed) call.Console.Complain(report.Nothing());
        else call.Answer(report, WriteText);
        call.WarnOfDamage(runs);
        if (experiment is not null && !call.Arguments.GetValue(_earlier)) WarnOfEarlier(store, experiment, runs, call);
        return any ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static void WarnOfEarlier(Store store, string experiment, Results runs, Invocation call)
    {
        int left = store.Load(experiment, earlier: true).Count - runs.Count;
        if (left > 0) call.Console.Complain($"{Words.Count(left, "run")} of earlier code or another context left out; --earlier includes {(left == 1 ? "it" : "them")}.");
    }

    /// <summary>Checked before anything is read: a long load must not end in a misspelt extension.</summary>
    private static TableFormat Format(string? output, string? name)
    {
        if (output == StandardOutput && name is null)
            throw new AssayException($"--output is '{StandardOutput}', standard output, which has no extension; name the format too, for example --format csv.");
        TableFormat format = name is not null ? TableFormats.FromName(name)
            : output is not null ? TableFormats.FromPath(output)
            : throw new AssayException("no --output is given; name a file such as runs.csv, or use --format clipboard.");
        bool isClipboard = format == TableFormat.Clipboard;
        if (isClipboard && output is not null) throw new AssayException($"--output is '{output}', but the clipboard is no file; leave one of them out.");
        if (!isClipboard && output is null) throw new AssayException($"--format is {format.Name()}, but no --output is given; name a file such as runs{format.Extension()}, or - for standard output.");
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
            throw new AssayException($"'{output}' cannot be written: {fault.Message} Expected a writable place; choose another file. The store was only read.", fault);
        }
    }

    private static void WriteText(ExportReport report, Page page)
    {
        string size = $"{Words.Count(report.Rows, "row")} of {Words.Count(report.Columns, "column")}";
        page.Line(report.Rows == 0 ? report.Nothing() : report.Path is null ? $"copied {size} to the clipboard" : $"wrote {size} to {report.Path}");
    }

    private sealed record ExportReport(string Store, string? Experiment, int Runs, string? Path, string Format, long Rows, int Columns) : Report
    {
        public string Nothing() => Runs == 0 ? "no runs, so nothing was written" : $"none of {Words.Count(Runs, "run")} recorded rows, so nothing was written";
    }
}
