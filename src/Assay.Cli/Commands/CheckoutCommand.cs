using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay checkout</c></summary>
internal sealed class CheckoutCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };

    private readonly Option<string?> _path = new("--path")
    {
        Description = $"Where to: a folder that is missing or empty. Default: {CheckoutPlace.FolderName}/ID beside the store, which git does not see",
        HelpName = "DIR",
    };

    public CheckoutCommand() : base("checkout", "Put the exact code of a run into a new git worktree; your own working tree stays as it is")
    {
        Definition.Add(_run);
        Definition.Add(_path);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay checkout latest", "assay checkout best:accuracy --path ../best", "assay checkout 373b0836 --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, call.Arguments.GetRequiredValue(_run));
        CodeCheckoutReport report = CodeCheckout.Restore(store, run, new CodeCheckoutOptions { Folder = call.Console.Folder, Path = call.Arguments.GetValue(_path) });
        call.Answer(report, CheckoutText.Write);
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
