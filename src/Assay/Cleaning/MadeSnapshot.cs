namespace Assay;

/// <summary>A ref in git that was made for a run, as its journal says; or, when the journal has gone without it, as what was written down then.</summary>
/// <param name="Ref">Its full name.</param>
/// <param name="Commit">Where it pointed; empty when its run was killed before that was written.</param>
internal sealed record MadeSnapshot(string Ref, string Commit)
{
    public UInt128 RunId { get; init; }

    public string Experiment { get; init; } = "";

    /// <summary>Where the store stood when the run was recorded; empty in journals of before.</summary>
    public string Store { get; init; } = "";

    /// <summary>The folder that the program was started in; empty when nobody knows.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The commit that was checked out, which the snapshot keeps as its parent.</summary>
    public string Head { get; init; } = "";

    /// <summary>Whether it is a branch, which only one run or session has; the others are those of all runs with equal files.</summary>
    public bool IsBranch => Ref.StartsWith(Snapshot.BranchRefs, StringComparison.Ordinal);

    /// <summary>Whether it is of a kind that Assay makes.</summary>
    public bool IsOurs => IsBranch || Ref.StartsWith(Snapshot.SharedRefs, StringComparison.Ordinal);
}
