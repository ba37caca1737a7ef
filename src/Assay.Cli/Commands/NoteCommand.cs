using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay note</c></summary>
internal sealed class NoteCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };
    private readonly Argument<string> _text = new("TEXT") { Description = "What there is to say, in quotes" };

    public NoteCommand() : base("note", "Note something about a run, for whoever looks at it later")
    {
        Definition.Add(_run);
        Definition.Add(_text);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay note latest \"diverged after the learning rate was raised\"", "assay note best:accuracy \"the one in the paper\" --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        call.Answer(NoteReport.Make(store, run, call.Arguments.GetRequiredValue(_text)), NoteReport.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
