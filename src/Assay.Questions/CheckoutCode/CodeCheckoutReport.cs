namespace Assay.Questions;

/// <summary>A checkout of the code of a run; the members are those of <see cref="CodeCheckout"/>.</summary>
internal sealed record CodeCheckoutReport(
    string Store, string RunId, string Repository, string Commit, string Path, string Start, bool Existed, int Changed, int Untracked,
    bool Exact, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<RestoredSubmodule> Submodules, IReadOnlyList<string> Remarks) : Report
{
    public static CodeCheckoutReport Of(Store store, CodeCheckout made) => new(
        store.Path, made.RunId, made.Repository, made.Commit, made.Path, made.Start, made.Existed, made.Changed, made.Untracked, made.Exact,
        made.LeftOut, made.Submodules, made.Remarks);
}
