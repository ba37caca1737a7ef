using System.Text.Json;

namespace Assay.Cli;

/// <summary>Brings the runs of other systems into the store.</summary>
internal sealed class ImportQuestion : Question<ImportReport>
{
    private static readonly TextParameter From = new("system", "What wrote the runs: exprag or metalab", on: Shell)
    {
        IsPositional = true,
        IsRequired = true,
    };

    private static readonly TextParameter Source = new(
        "dir", "Its folder: .exprag, or metalab's folder of an experiment or of several; it is only read", on: Shell)
    {
        IsPositional = true,
        IsRequired = true,
    };

    private static readonly FlagParameter DryRun = new("dry_run", "Only tell what would come and what would not; write nothing", on: Shell);

    private static readonly FlagParameter Anew = new(
        "anew",
        "Also import runs that were removed from the store, as new ones; without it they are left alone while 'assay rm --undo' can "
            + "restore them", on: Shell);

    private static readonly TextParameter Status = new(
        "status", "How runs of exprag ended, which it does not record: success, failed or cancelled. Default: interrupted", on: Shell)
    {
        Placeholder = "STATUS",
    };

    private static readonly TextParameter Zone = new(
        "time_zone", "Where the clocks stood that metalab's times are of, such as Europe/Berlin or UTC. Default: here", on: Shell)
    {
        Placeholder = "ZONE",
    };

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
        string system = From.Of(call)!, folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Source.Of(call)!));
        bool dryRun = DryRun.Of(call);
        RunStatus? status = StatusOf(system, Status.Of(call));
        TimeZoneInfo zone = ZoneOf(system, Zone.Of(call), call.Clock);
        // Before the store, which may be made: a folder that is none leaves no trace.
        if (system == ExpragImport.Name) ExpragImport.FindRuns(folder);
        else MetalabFolder.Find(folder);
        var ledger = new ImportLedger(folder);
        using var target = new ImportTarget(call.StorePath, folder, call.Clock, dryRun, call.Notice, Anew.Of(call));
        IImport import = system == ExpragImport.Name
            ? new ExpragImport(folder, target, ledger, status)
            : new MetalabImport(folder, target, ledger, zone);
        import.Run();
        var report = ImportReport.Of(target.Storage.Address, system, folder, dryRun, ledger);
        return new Answer(report) { IsNegative = ledger.Damaged.Count > 0 || ledger.Found == 0 };
    }

    protected override void Write(ImportReport report, Page page) => ImportText.Write(report, page);

    private static RunStatus? StatusOf(string system, string? text)
    {
        if (system is not (ExpragImport.Name or MetalabImport.Name))
        {
            throw new AssayException($"'{system}' is no system that runs can be imported from; "
                + $"expected {ExpragImport.Name} or {MetalabImport.Name}. Correct it.");
        }

        if (text is null) return null;
        if (system == MetalabImport.Name)
            throw new AssayException($"--status is '{text}', but metalab records how runs end; leave it out.");
        foreach (RunStatus status in (ReadOnlySpan<RunStatus>)[RunStatus.Success, RunStatus.Failed, RunStatus.Cancelled])
        {
            if (RunStatusText.Text(status) == text) return status;
        }

        throw new AssayException($"--status is '{text}'; expected success, failed or cancelled. Correct it, or leave it out.");
    }

    private static TimeZoneInfo ZoneOf(string system, string? name, TimeProvider clock)
    {
        if (name is null) return clock.LocalTimeZone;
        if (system == ExpragImport.Name)
            throw new AssayException($"--time-zone is '{name}', but the times of exprag are in UTC; leave it out.");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)) return zone;
        throw new AssayException($"--time-zone is '{name}', which this machine does not know; expected a name such as Europe/Berlin, "
            + "America/New_York or UTC. Correct it.");
    }
}
