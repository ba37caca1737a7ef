using Assay.Git;

namespace Assay;

/// <summary>
/// How uncommitted changes of the repository around the current folder are kept when an experiment or a tracked run starts, so that its
/// code can be restored. A snapshot is a commit beside the work: HEAD, index, files and reflogs stay as they are. Immutable; change it with
/// <c>with</c>.
/// </summary>
public sealed record SnapshotOptions
{
    /// <summary>Uncommitted changes are kept under a ref of Assay's own, <c>refs/assay/…</c>, which no list of branches shows.</summary>
    public static SnapshotOptions Shared { get; } = new() { Kind = SnapshotKind.Shared };

    /// <summary>Uncommitted changes are kept as a branch <c>run/ID</c>, which <c>git checkout</c> takes by its name.</summary>
    public static SnapshotOptions Branch { get; } = new() { Kind = SnapshotKind.Branch };

    /// <summary>Only the commit, the branch and the list of changes are recorded.</summary>
    public static SnapshotOptions None { get; } = new() { Kind = SnapshotKind.None };

    /// <summary>Nothing is recorded of the code, and git is not called at all.</summary>
    public static SnapshotOptions Off { get; } = new() { Kind = SnapshotKind.Off };

    /// <summary>The kind of ref that keeps a snapshot. Default: shared.</summary>
    public SnapshotKind Kind { get; init; } = SnapshotKind.Shared;

    /// <summary>Changed and untracked files larger than this are left out and listed, in bytes. Default: 20 MB.</summary>
    public long MaxFileSize { get; init; } = 20_000_000;

    /// <summary>
    /// Names of files that are likely secrets, with <c>*</c> and <c>?</c>, in any casing, or ends of their paths, as
    /// <c>.aws/credentials</c>. Their uncommitted changes are left out and listed. The same holds for files of any name with a private key
    /// in PEM form, and for <c>.npmrc</c> and <c>.pypirc</c> with a password or token. Default: <c>.env</c> files, keys, key stores,
    /// credential files and states of Terraform; note 0010 lists all.
    /// </summary>
    public IReadOnlyList<string> Secrets { get; init; } = LikelySecrets.Names;
}

/// <summary>The kind of ref that keeps a snapshot.</summary>
public enum SnapshotKind
{
    /// <summary>A ref of Assay's own, the same for all runs that started from equal files.</summary>
    Shared,

    /// <summary>A branch for each tracked run or session: <c>run/ID</c>.</summary>
    Branch,

    /// <summary>There is no snapshot; commit, branch and changes are recorded.</summary>
    None,

    /// <summary>Git is not called.</summary>
    Off,
}

/// <summary>A changed or untracked file that a snapshot does not hold.</summary>
/// <param name="Path">The path relative to the working tree's root, with slashes.</param>
/// <param name="Reason">The reason, as a clause.</param>
/// <param name="Size">The length in bytes; null for folders and deleted files.</param>
public sealed record LeftOut(string Path, string Reason, long? Size)
{
    /// <summary>The number of files and the first of them, as part of a sentence.</summary>
    /// <param name="files">The files, or the first of them.</param>
    /// <param name="count">The number of files.</param>
    /// <param name="most">The number of files to name. Default: 10.</param>
    public static string Describe(IReadOnlyList<LeftOut> files, long count, int most = 10) =>
        $"{Plural.Of(count, "uncommitted file")}: {string.Join(", ", files.Take(most).Select(file => $"{file.Path} ({file.Reason})"))}"
            + (count > Math.Min(files.Count, most) ? ", …" : "");
}
