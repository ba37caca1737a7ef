namespace Assay.Cli;

/// <summary><c>assay doctor</c></summary>
internal sealed class DoctorCommand : ToolCommand
{
    public DoctorCommand() : base("doctor", "Check every journal and artifact, and say what is damaged and where; changes nothing")
    {
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay doctor", "assay doctor --store results/.assay", "assay doctor --json"];

    protected override int Run(Invocation call)
    {
        DoctorReport report = StoreCheck.Run(call.StorePath, call.Console.Clock);
        call.Answer(report, DoctorText.Write);
        return report.Healthy ? ExitCodes.Success : ExitCodes.Negative;
    }
}
