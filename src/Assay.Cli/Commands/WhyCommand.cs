using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay why</c></summary>
internal sealed class WhyCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };

    private readonly Argument<string?> _other = new("OTHER")
    {
        Description = "The run to compare with. Default: the newest other run of the experiment with the same params and seed, else the most similar one of its latest other session",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public WhyCommand() : base("why", "Explain what a run's id is made of, and why it was run although another looks the same")
    {
        Definition.Add(_run);
        Definition.Add(_other);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay why latest", "assay why 373b0836", "assay why 373b0836 d4e19b0d --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        (RunRecord, string)? other = call.Arguments.GetValue(_other) is { } named
            ? (call.Find(store, all, named), "named on the command line")
            : OtherRun.Choose(all, run);
        call.Answer(WhyReport.Of(store, run, other), WhyText.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
