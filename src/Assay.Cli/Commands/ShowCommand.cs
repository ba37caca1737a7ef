using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay show</c></summary>
internal sealed class ShowCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };
    private readonly Option<int> _log = NumberOption.Of("--log", "How many of the last lines of the run's log to show", 0, 10);

    public ShowCommand() : base("show", "Show everything the store holds of a run")
    {
        Definition.Add(_run);
        Definition.Add(_log);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay show latest", "assay show 373b0836 --log 100", "assay show latest~2 --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        call.Answer(RunDetails.Of(store, run, call.Arguments.GetValue(_log)), RunDetailsText.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
