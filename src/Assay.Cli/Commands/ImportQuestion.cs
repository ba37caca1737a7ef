using System.Text.Json;

namespace Assay.Cli;

/// <summary>Brings the runs of other systems into the store.</summary>
internal sealed class ImportQuestion : Question<ImportReport>
{
    private const int MostListed = 50;

    private static readonly TextParameter From = new("system", "What wrote the runs: exprag or metalab", on: Shell)
    { IsPositional = true, IsRequired = true };

    private static readonly TextParameter Source = new(
        "dir", "Its folder: .exprag, or metalab's folder of an experiment or of several; it is only read", on: Shell)
    { IsPositional = true, IsRequired = true };

    private static readonly FlagParameter DryRun = new("dry_run", "Only tell what would come and what would not; write nothing", on: Shell);

    private static readonly FlagParameter Anew = new(
        "anew",
        "Also import runs that were removed from the store, as new ones; without it they are left alone while 'assay rm --undo' can "
            + "restore them", on: Shell);

    private static readonly TextParameter Status = new(
        "status", "How runs of exprag ended, which it does not record: success, failed or cancelled. Default: interrupted", on: Shell)
    { Placeholder = "STATUS" };

    private static readonly TextParameter Zone = new(
        "time_zone", "Where the clocks stood that metalab's times are of, such as Europe/Berlin or UTC. Default: here", on: Shell)
    { Placeholder = "ZONE" };

    public override CommandText Command { get; } = new(
        "import", "Bring the runs of exprag or metalab into the store; what is there already is left alone",
        "assay import exprag .exprag --dry-run",
        "assay import exprag ../old/.exprag --status success",
        "assay import metalab experiments --time-zone Europe/Berlin --json");

    public override IReadOnlyList<Parameter> Parameters => [From, Source, DryRun, Anew, Status, Zone];

    public override bool Writes => true;

    public override JsonSerializerOptions Json => ToolJson.ForAnswers;

    public override Answer Ask(QuestionCall call)
    {
        string system = From.Of(call)!, folder = Source.Of(call)!;
        var options = new ImportOptions
        {
            Store = call.StorePath,
            DryRun = DryRun.Of(call),
            Anew = Anew.Of(call),
            Clock = call.Clock,
            Notice = call.Notice,
        };
        ImportSummary summary = system switch
        {
            "exprag" when Zone.Of(call) is { } zone =>
                throw new AssayException($"--time-zone is '{zone}', but the times of exprag are in UTC; leave it out."),
            "metalab" when Status.Of(call) is { } status =>
                throw new AssayException($"--status is '{status}', but metalab records how runs end; leave it out."),
            "exprag" => RunImport.FromExprag(folder, StatusOf(Status.Of(call)), options, call.Cancellation),
            "metalab" => RunImport.FromMetalab(folder, ZoneOf(Zone.Of(call)), options, call.Cancellation),
            _ => throw new AssayException(
                $"'{system}' is no system that runs can be imported from; expected exprag or metalab. Correct it."),
        };
        return new Answer(ImportReport.Of(summary)) { IsNegative = summary.Damaged.Count > 0 || summary.Runs.Found == 0 };
    }

    protected override void Write(ImportReport report, Page page)
    {
        page.Line($"{(report.DryRun ? "would import" : "imported")} {Imported(report)} from {report.From}, {report.Source}");
        page.Line($"to {report.Store}{(report.DryRun ? "; nothing was written" : "")}");
        if (report.Runs.Known > 0) page.Line($"{Words.Count(report.Runs.Known, "run was", "runs were")} there already");
        if (report.Runs.Removed > 0)
            page.Line($"{Words.Count(report.Runs.Removed, "run was", "runs were")} removed from the store and left alone: 'assay rm --undo "
                + "RUN' restores a run as it was, --anew imports all of them as new ones");
        if (report.Experiments.Count > 0)
        {
            page.Heading("experiments");
            var grid = new TextGrid("experiment", "runs");
            foreach ((string name, string version, int runs) in report.Experiments)
                grid.Add(Words.Title(name, version), Words.Number(runs));
            page.Inset(grid);
        }

        List("damaged", report.Damaged, page);
        List("left behind", report.Left, page);
        if (report.Remarks.Count == 0) return;
        page.Heading("remarks");
        foreach (string remark in report.Remarks) page.Item(remark);
    }

    private static string Imported(ImportReport report)
    {
        string text = Words.Count(report.Runs.New + report.Runs.Changed, "run");
        if (report.Runs.Changed > 0) text += $" ({Words.Number(report.Runs.Changed)} of them again: they changed, or their end was told)";
        string[] parts =
        [
            .. report.Values > 0 ? [Words.Count(report.Values, "value")] : (string[])[],
            .. report.Artifacts > 0
                ? [$"{Words.Count(report.Artifacts, "artifact")} of {Words.Count(report.Bytes, "byte")}"] : (string[])[],
        ];
        return parts.Length > 0 ? $"{text} with {string.Join(" and ", parts)}" : text;
    }

    private static void List(string heading, IReadOnlyList<ImportRemark> remarks, Page page)
    {
        if (remarks.Count == 0) return;
        page.Heading(heading);
        foreach ((string file, long? line, string reason) in remarks.Take(MostListed))
            page.Item($"{file}{(line is null ? "" : $":{line}")}  {reason}");
        if (remarks.Count > MostListed) page.Item($"and {Words.Number(remarks.Count - MostListed)} more; --json has all");
    }

    private static RunStatus? StatusOf(string? text) => text switch
    {
        null => null,
        "success" => RunStatus.Success,
        "failed" => RunStatus.Failed,
        "cancelled" => RunStatus.Cancelled,
        _ => throw new AssayException($"--status is '{text}'; expected success, failed or cancelled. Correct it, or leave it out."),
    };

    private static TimeZoneInfo? ZoneOf(string? name) => name is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone
        : throw new AssayException($"--time-zone is '{name}', which this machine does not know; expected a name such as Europe/Berlin, "
            + "America/New_York or UTC. Correct it.");
}

/// <summary>The answer of an import: its summary in the form of all answers.</summary>
internal sealed record ImportReport(
    string Store, string From, string Source, bool DryRun, ImportedRuns Runs, IReadOnlyList<ImportedExperiment> Experiments, long Values,
    long Artifacts, long Bytes, IReadOnlyList<ImportRemark> Damaged, IReadOnlyList<ImportRemark> Left, IReadOnlyList<string> Remarks)
    : Report
{
    public static ImportReport Of(ImportSummary s) => new(
        s.Store, s.From, s.Source, s.DryRun, s.Runs, s.Experiments, s.Values, s.Artifacts, s.Bytes, s.Damaged, s.Left, s.Remarks);
}
