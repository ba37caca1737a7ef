namespace Assay.Questions;

internal sealed class CheckoutCodeQuestion : Question<CodeCheckoutReport>
{
    private static readonly TextParameter Path = new(
        "path", $"Where to: a folder that is missing or empty. Default: {CheckoutPlace.FolderName}/ID beside the store, "
            + "which git does not see", on: Shell)
    { Placeholder = "DIR" };

    public override CommandText Command { get; } = new(
        "checkout", "Put the exact code of a run into a new git worktree; your own working tree stays as it is",
        "assay checkout latest", "assay checkout best:accuracy --path ../best", "assay checkout 373b0836 --json");

    // It writes files, so a client that calls tools without asking asks here.
    public override ToolText Tool => new("checkout_code", "Restore the code of a run",
        $"Puts the exact code of a run into a new working tree in the folder {CheckoutPlace.FolderName} beside the store, "
            + "and says where. The working tree, branches and HEAD that are there stay as they are.")
    { Destroys = true };

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Path];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        string address = RunParameters.Run.Of(call)!;
        var options = new CodeCheckoutOptions { Folder = call.Folder, Path = Path.Of(call) };
        Results all = call.Store.LoadAll();
        return new Answer(CodeCheckout.Restore(call.Store, call.Find(all, address), options)) { Runs = all };
    }

    protected override void Write(CodeCheckoutReport report, Page page) => CheckoutText.Write(report, page);
}
