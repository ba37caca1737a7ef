namespace Assay.Questions;

/// <summary>The report of <c>checkout</c> as text.</summary>
internal static class CheckoutText
{
    public static void Write(CodeCheckoutReport report, Page page)
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
