using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay tag</c></summary>
internal sealed class TagCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };

    private readonly Argument<string[]> _changes = new("CHANGE")
    {
        Description = "+TAG adds a tag, -TAG takes one away, also one that the run gave itself; TAG alone adds",
        Arity = ArgumentArity.OneOrMore,
    };

    public TagCommand() : base("tag", "Add tags to a run, or take them away")
    {
        Definition.Add(_run);
        Definition.Add(_changes);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay tag latest +good", "assay tag best:accuracy +paper -draft", "assay tag 373b0836 -good --json"];

    protected override int Run(Invocation call)
    {
        var changes = TagChanges.Parse(call.Arguments.GetRequiredValue(_changes));
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        call.Answer(TagReport.Make(store, run, changes), TagReport.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
