namespace Assay.Questions;

/// <summary>Where the code of a run stands now.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="RunId">The run.</param>
/// <param name="Repository">The root of the repository it is from.</param>
/// <param name="Commit">The commit that is checked out.</param>
/// <param name="Path">The folder with the code, a working tree of the repository.</param>
/// <param name="Start">The folder in it that the program was started in.</param>
/// <param name="Existed">Whether it was there already.</param>
/// <param name="Changed">How many of its files are no longer those of the commit.</param>
/// <param name="Untracked">How many files it has that the commit has not, and that git does not ignore.</param>
/// <param name="Exact">Whether the commit holds all the code there was.</param>
/// <param name="LeftOut">Uncommitted files of then that are not in it.</param>
/// <param name="Submodules">Repositories within it.</param>
/// <param name="Remarks">What is not as it was, in sentences.</param>
internal sealed record CodeCheckoutReport(
    string Store, string RunId, string Repository, string Commit, string Path, string Start, bool Existed, int Changed, int Untracked,
    bool Exact,
    IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<RestoredSubmodule> Submodules, IReadOnlyList<string> Remarks) : Report;

/// <summary>A repository within the code.</summary>
/// <param name="Path">Relative to the checkout, with slashes.</param>
/// <param name="Commit">The commit that belongs to the code.</param>
/// <param name="Restored">Whether it is there; its repository here may not have the commit.</param>
internal sealed record RestoredSubmodule(string Path, string Commit, bool Restored);

/// <summary>How code is restored.</summary>
internal sealed record CodeCheckoutOptions
{
    /// <summary>The folder the user stands in: its repository is looked at first, and a relative path starts there.</summary>
    public required string Folder { get; init; }

    /// <summary>Where to: a folder that is missing or empty. Default: one for the run, beside the store.</summary>
    public string? Path { get; init; }
}
