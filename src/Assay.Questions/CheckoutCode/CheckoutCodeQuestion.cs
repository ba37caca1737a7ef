namespace Assay.Questions;

internal sealed class CheckoutCodeQuestion : Question<CodeCheckoutReport>
{
    private static readonly TextParameter Path = new(
        "path", $"Where to: a folder that is missing or empty. Default: {CodeCheckout.FolderName}/ID beside the store, "
            + "which git does not see", on: Shell)
    { Placeholder = "DIR" };

    public override CommandText Command { get; } = new(
        "checkout", "Put the exact code of a run into a new git worktree; your own working tree stays as it is",
        "assay checkout latest", "assay checkout best:accuracy --path ../best", "assay checkout 373b0836 --json");

    // It writes files, so a client that calls tools without asking asks here.
    public override ToolText Tool => new("checkout_code", "Restore the code of a run",
        $"Puts the exact code of a run into a new working tree in the folder {CodeCheckout.FolderName} beside the store, "
            + "and says where. The working tree, branches and HEAD that are there stay as they are.")
    { Destroys = true };

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Path];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        (Results all, RunRecord run) = call.FindRun();
        var made = CodeCheckout.Restore(call.Store, run, call.Folder, Path.Of(call));
        return new Answer(CodeCheckoutReport.Of(call.Store, made)) { Runs = all };
    }

    protected override void Write(CodeCheckoutReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("commit", report.Commit);
        page.Fact("checkout", report.Path + (report.Existed ? " (it was there already)" : ""));
        if (report.Start != report.Path) page.Fact("started in", report.Start);
        foreach (RestoredSubmodule submodule in report.Submodules.Where(s => s.Restored))
            page.Fact("submodule", $"{submodule.Path}, commit {submodule.Commit}");
        foreach (string remark in report.Remarks) page.Fact("note", remark);
        string force = report.Submodules.Count > 0 || report.Untracked > 0 ? "--force " : "";
        page.Fact("to remove it", $"git worktree remove {force}{ShellText.Quoted(report.Path)}");
    }
}

/// <summary>A checkout of the code of a run; the members are those of <see cref="CodeCheckout"/>.</summary>
internal sealed record CodeCheckoutReport(
    string Store, string RunId, string Repository, string Commit, string Path, string Start, bool Existed, int Changed, int Untracked,
    bool Exact, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<RestoredSubmodule> Submodules, IReadOnlyList<string> Remarks) : Report
{
    public static CodeCheckoutReport Of(Store store, CodeCheckout made) => new(
        store.Path, made.RunId, made.Repository, made.Commit, made.Path, made.Start, made.Existed, made.Changed, made.Untracked, made.Exact,
        made.LeftOut, made.Submodules, made.Remarks);
}
