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

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = $"The file; its extension names the format: {string.Join(", ", TableFormats.Writable.Select(f => f.Extension()))}. A - is standard output, with --format",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _format = new("--format") { Description = "The format, whatever the file's extension", HelpName = "FORMAT" };

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
        ["assay export --output runs.csv", "assay export iris --output iris.ndjson", "assay export iris:2 --rows --output rows.csv", "assay export iris --output - --format tsv"];

    protected override int Run(Invocation call)
    {
        string output = call.Arguments.GetRequiredValue(_output);
        TableFormat format = Format(output, call.Arguments.GetValue(_format));
        bool printed = output == StandardOutput;
        if (printed && call.Json) throw new AssayException("--json and --output - would both write to standard output; expected one of them. For the runs as JSON take --format json.");
        Store store = call.OpenStore();
        string? experiment = call.Arguments.GetValue(_experiment);
        Results runs = experiment is null ? store.LoadAll() : store.Load(experiment, earlier: call.Arguments.GetValue(_earlier));
        Table table = call.Arguments.GetValue(_rows) ? runs.Rows : runs.ToTable();
        bool any = table.RowCount > 0;
        if (any && !printed) Save(table, output, format);
        var report = new ExportReport(store.Path, experiment, any ? Path.GetFullPath(output) : null, format.Name(), table.RowCount, any ? table.Columns.Count : 0);
        if (printed) call.Console.Out.Write(any ? table.ToText(format) : "");
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
    private static TableFormat Format(string output, string? name)
    {
        if (output == StandardOutput && name is null)
            throw new AssayException($"--output is '{StandardOutput}', standard output, which has no extension; name the format too, for example --format csv.");
        TableFormat format = name is null ? TableFormats.FromPath(output) : TableFormats.FromName(name);
        if (TableFormats.Writable.Contains(format)) return format;
        throw new AssayException($"--output is '{output}', a format that can only be read; choose one of {string.Join(", ", TableFormats.Writable.Select(f => f.Extension()))}.");
    }

    private static void Save(Table table, string output, TableFormat format)
    {
        try
        {
            table.Save(output, format);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"'{output}' cannot be written: {fault.Message} Expected a writable place; choose another file. The store was only read.", fault);
        }
    }

    private static void WriteText(ExportReport report, Page page) => page.Line(report.Path is null
        ? "no runs, so no file was written"
        : $"wrote {Words.Count(report.Rows, "row")} of {Words.Count(report.Columns, "column")} to {report.Path}");

    private sealed record ExportReport(string Store, string? Experiment, string? Path, string Format, long Rows, int Columns) : Report;
}
