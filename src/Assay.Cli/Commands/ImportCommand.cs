using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay import</c></summary>
internal sealed class ImportCommand : ToolCommand
{
    private readonly Argument<string> _from = new("SYSTEM") { Description = "What wrote the runs: exprag or metalab" };
    private readonly Argument<string> _folder = new("DIR") { Description = "Its folder: .exprag, or metalab's folder of an experiment or of several; it is only read" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell what would come and what would not; write nothing" };

    private readonly Option<bool> _anew = new("--anew") { Description = "Also import runs that were removed from the store, as new ones; without it they are left alone while 'assay rm --undo' can restore them" };

    private readonly Option<string?> _status = new("--status")
    {
        Description = "How runs of exprag ended, which it does not record: success, failed or cancelled. Default: interrupted",
        HelpName = "STATUS",
    };

    private readonly Option<string?> _zone = new("--time-zone")
    {
        Description = "Where the clocks stood that metalab's times are of, such as Europe/Berlin or UTC. Default: here",
        HelpName = "ZONE",
    };

    public ImportCommand() : base("import", "Bring the runs of exprag or metalab into the store; what is there already is left alone")
    {
        Definition.Add(_from);
        Definition.Add(_folder);
        Definition.Add(_dryRun);
        Definition.Add(_anew);
        Definition.Add(_status);
        Definition.Add(_zone);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
        ["assay import exprag .exprag --dry-run", "assay import exprag ../old/.exprag --status success", "assay import metalab experiments --time-zone Europe/Berlin --json"];

    protected override int Run(Invocation call)
    {
        string system = call.Arguments.GetRequiredValue(_from), folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(call.Arguments.GetRequiredValue(_folder)));
        bool dryRun = call.Arguments.GetValue(_dryRun);
        RunStatus? status = Status(system, call.Arguments.GetValue(_status));
        TimeZoneInfo zone = Zone(system, call.Arguments.GetValue(_zone), call.Console.Clock);
        // Before the store, which may be made: a folder that is none leaves no trace.
        if (system == ExpragImport.Name) ExpragImport.FindRuns(folder);
        else MetalabFolder.Find(folder);
        var ledger = new ImportLedger(folder);
        using var target = new ImportTarget(call.StorePath, folder, call.Console.Clock, dryRun, call.Console.Complain, call.Arguments.GetValue(_anew));
        IImport import = system == ExpragImport.Name ? new ExpragImport(folder, target, ledger, status) : new MetalabImport(folder, target, ledger, zone);
        import.Run();
        call.Answer(ImportReport.Of(target.Storage.Address, system, folder, dryRun, ledger), ImportText.Write);
        return ledger.Damaged.Count == 0 && ledger.Found > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static RunStatus? Status(string system, string? text)
    {
        if (system is not (ExpragImport.Name or MetalabImport.Name)) throw new AssayException($"'{system}' is no system that runs can be imported from; expected {ExpragImport.Name} or {MetalabImport.Name}. Correct it.");
        if (text is null) return null;
        if (system == MetalabImport.Name) throw new AssayException($"--status is '{text}', but metalab records how runs end; leave it out.");
        foreach (RunStatus status in (ReadOnlySpan<RunStatus>)[RunStatus.Success, RunStatus.Failed, RunStatus.Cancelled])
        {
            if (RunStatusText.Text(status) == text) return status;
        }

        throw new AssayException($"--status is '{text}'; expected success, failed or cancelled. Correct it, or leave it out.");
    }

    private static TimeZoneInfo Zone(string system, string? name, TimeProvider clock)
    {
        if (name is null) return clock.LocalTimeZone;
        if (system == ExpragImport.Name) throw new AssayException($"--time-zone is '{name}', but the times of exprag are in UTC; leave it out.");
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw new AssayException($"--time-zone is '{name}', which this machine does not know; expected a name such as Europe/Berlin, America/New_York or UTC. Correct it.");
    }
}
