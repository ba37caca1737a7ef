using System.Globalization;
using System.Text;
using Assay.Git;

namespace Assay;

/// <summary>The differences between the code of two runs, or of a run and the working tree. Immutable.</summary>
/// <param name="Repository">The root of the repository with both.</param>
/// <param name="From">The first run.</param>
/// <param name="To">The second run, or the working tree.</param>
/// <param name="TotalFiles">The number of files that differ.</param>
/// <param name="Added">The number of lines added in all of them; files that are not text have none.</param>
/// <param name="Removed">The number of lines removed in all of them.</param>
/// <param name="Files">The files in the order of their paths; of many the first ones, as the options say.</param>
/// <param name="Patch">The patch as git writes it; null when it was not asked for.</param>
/// <param name="PatchBytes">The length of the whole patch; null when it was not asked for.</param>
/// <param name="PatchTruncated">Whether <paramref name="Patch"/> is only the beginning, up to a whole line.</param>
public sealed record CodeDiff(
    string Repository, CodeSide From, CodeSide To, int TotalFiles, long Added, long Removed, IReadOnlyList<ChangedFile> Files,
    string? Patch, long? PatchBytes, bool PatchTruncated)
{
    private static readonly string[] Recursive = ["diff-tree", "-r", "--no-ext-diff", "--no-textconv", "--no-color"];

    /// <summary>Compares by way of git. Nothing is changed: not even an object is added to the repository.</summary>
    /// <param name="store">The store of the runs.</param>
    /// <param name="from">The first run.</param>
    /// <param name="to">
    /// The second run; null for the working tree around the folder of the options, with all uncommitted changes that a snapshot would hold.
    /// </param>
    /// <param name="options">The extent of the comparison.</param>
    /// <exception cref="AssayException">
    /// A run has no code recorded, its commit is in no repository here, or a path is on neither side.
    /// </exception>
    public static CodeDiff Between(Store store, RunRecord from, RunRecord? to, CodeDiffOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var first = RecordedCode.Of(from);
        RecordedCode? second = to is null ? null : RecordedCode.Of(to);
        try
        {
            GitRepository repository = CodeRepository.Holding(store, options.Folder, second is null ? [first] : [first, second]);
            // Paths are relative to the folder of the user, as in git itself, as long as it is in the repository.
            bool isInside = RealPath.IsWithin(options.Folder, repository.Root);
            GitProgram git = repository.Git with { Folder = isInside ? options.Folder : repository.Root };
            if (second is not null) return Of(repository, git, CodeSide.Of(first), CodeSide.Of(second), second.Commit, options);
            using var tree = TemporaryTree.Make(repository, store.Path, SnapshotOptions.Shared, Path.GetTempPath());
            return Of(repository, tree.Git with { Folder = git.Folder }, CodeSide.Of(first), CodeSide.Of(tree), tree.Tree, options);
        }
        catch (GitException fault)
        {
            throw new AssayException($"the code cannot be compared: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"the code cannot be compared: {fault.Message} The working tree must be readable, "
                + $"and the folder for temporary files '{Path.GetTempPath()}' writable.", fault);
        }
    }

    private static CodeDiff Of(GitRepository repository, GitProgram git, CodeSide from, CodeSide to, string tree, CodeDiffOptions options)
    {
        string[] sides = [from.Commit, tree], paths = ["--", .. options.Paths];
        GitAnswer raw = git.Run(null, [.. Recursive, "-M", "--raw", "--numstat", "-z", .. sides, .. paths]);
        // Only git knows whether it understands a path.
        if (!raw.Succeeded && options.Paths.Count > 0 && git.Run(null, [.. Recursive, "--quiet", .. sides]).ExitCode <= 1)
        {
            throw new AssayException(
                $"{string.Join(", ", options.Paths.Select(p => $"'{p}'"))} cannot be looked up ({raw.Errors.Split('\n')[0]}). "
                    + $"Expected files or folders within '{repository.Root}', relative to '{git.Folder}', or patterns as git takes them.");
        }

        IReadOnlyList<ChangedFile> files = ChangedFile.Parse(raw.Expected().Output);
        RequirePaths(git, sides, options.Paths);
        if (options.Patch && !options.Full) files = new LargeUncommitted(git, from, to, tree).MarkedIn(files);
        IEnumerable<string> omitted =
            files.Where(file => file.OmittedBytes is not null).Select(file => ":(top,exclude,literal)" + file.Path);
        GitAnswer? patch = options.Patch
            ? (git with { MostOutput = options.MostPatch }).Run(null, [.. Recursive, "-M", "-p", .. sides, .. paths, .. omitted]).Expected()
            : null;
        bool isCut = patch is not null && patch.Length > patch.Output.Length;
        return new CodeDiff(
            repository.Root, from, to, files.Count, files.Sum(f => f.Added ?? 0), files.Sum(f => f.Removed ?? 0),
            [.. files.Take(options.MostFiles)],
            patch is null ? null : Encoding.UTF8.GetString(isCut ? WholeLines(patch.Output) : patch.Output), patch?.Length, isCut);
    }

    // A mistyped path would look like code that is the same.
    private static void RequirePaths(GitProgram git, string[] sides, IReadOnlyList<string> paths)
    {
        string empty = paths.Count == 0 ? "" : git.Run([], "hash-object", "-t", "tree", "--stdin").Expected().Text;
        foreach (string path in paths)
        {
            if (sides.Any(side => git.Ask([.. Recursive, "--name-only", empty, side, "--", path]).Length > 0)) continue;
            throw new AssayException($"'{path}' is in the code of neither side; expected a file or folder, "
                + $"relative to '{git.Folder}', or a pattern as git takes it.");
        }
    }

    private static byte[] WholeLines(byte[] text) => text[..(Array.LastIndexOf(text, (byte)'\n') + 1)];
}

/// <summary>The extent of a <see cref="CodeDiff"/>. Immutable.</summary>
public sealed record CodeDiffOptions
{
    /// <summary>The folder of the user: its repository is looked at first, and paths are relative to it.</summary>
    public required string Folder { get; init; }

    /// <summary>The files and folders to compare, as git takes them. Default: all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether there is a patch. Default: yes.</summary>
    public bool Patch { get; init; } = true;

    /// <summary>
    /// Whether the patch has the contents of files over 10,000 bytes that no commit has, such as results a program wrote into the
    /// repository. Default: no; their <see cref="ChangedFile.OmittedBytes"/> are given.
    /// </summary>
    public bool Full { get; init; }

    /// <summary>The largest length of the patch in bytes. Default: no bound.</summary>
    public long MostPatch { get; init; } = long.MaxValue;

    /// <summary>The largest number of files that are listed; all are counted. Default: no bound.</summary>
    public int MostFiles { get; init; } = int.MaxValue;
}

/// <summary>A side of a <see cref="CodeDiff"/>. Immutable.</summary>
/// <param name="RunId">The id of the run; null for the working tree.</param>
/// <param name="Commit">The commit; for the working tree the one it is based on.</param>
/// <param name="Branch">The name that <c>git checkout</c> takes, or the branch of the working tree.</param>
/// <param name="Exact">Whether the side is all of the code: nothing is left out or lost.</param>
/// <param name="LeftOut">The uncommitted files that are left out.</param>
/// <param name="Remarks">The differences from the code that ran, in clauses.</param>
public sealed record CodeSide(
    string? RunId, string Commit, string Branch, bool Exact, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<string> Remarks)
{
    /// <summary>The commit that was checked out, without what was uncommitted; empty before the first one.</summary>
    internal string Head { get; private init; } = "";

    internal static CodeSide Of(RecordedCode code) =>
        new(code.RunId, code.Commit, code.Branch, code.Exact, code.LeftOut, code.Remarks) { Head = code.Head };

    internal static CodeSide Of(TemporaryTree tree) => new(
        null, tree.Head, tree.Branch, tree.LeftOut.Count == 0, tree.LeftOut, tree.LeftOut.Count == 0 ? [] :
        [$"left out of the working tree, as of any snapshot: {Assay.LeftOut.Describe(tree.LeftOut, tree.LeftOut.Count)}"])
    { Head = tree.Head };
}

/// <summary>A file that differs between the sides of a <see cref="CodeDiff"/>. Immutable.</summary>
/// <param name="Path">The path relative to the root of the repository, with slashes; on the second side, unless it is gone there.</param>
/// <param name="OldPath">The path on the first side, where it differs; else null.</param>
/// <param name="Status">
/// <c>added</c>, <c>removed</c>, <c>modified</c>, <c>renamed</c>, <c>copied</c> or <c>type</c> (a file, a link or a submodule became
/// another of these).
/// </param>
/// <param name="Added">The number of lines added; null when it is no text.</param>
/// <param name="Removed">The number of lines removed; null when it is no text.</param>
public sealed record ChangedFile(string Path, string? OldPath, string Status, long? Added, long? Removed)
{
    /// <summary>
    /// The size in bytes of a file whose content the patch leaves out, because it is large and no commit has it; null of all others.
    /// </summary>
    public long? OmittedBytes { get; init; }

    /// <summary>Reads the output of <c>git diff-tree --raw --numstat -z</c>.</summary>
    internal static IReadOnlyList<ChangedFile> Parse(byte[] output)
    {
        string[] parts = Encoding.UTF8.GetString(output).Split('\0');
        var files = new OrderedDictionary<string, ChangedFile>(StringComparer.Ordinal);
        int at = 0;
        while (at < parts.Length && parts[at].StartsWith(':'))
        {
            // The form is ":mode mode hash hash status", then the path, or two of them.
            char status = parts[at].Split(' ')[^1][0];
            bool two = status is 'R' or 'C';
            string path = parts[at + (two ? 2 : 1)];
            files[path] = new ChangedFile(path, two ? parts[at + 1] : null, Word(status), null, null);
            at += two ? 3 : 2;
        }

        while (at < parts.Length && parts[at].Length > 0)
        {
            string[] counts = parts[at].Split('\t', 3);
            bool two = counts[2].Length == 0;
            string path = two ? parts[at + 2] : counts[2];
            files[path] = files[path] with { Added = Number(counts[0]), Removed = Number(counts[1]) };
            at += two ? 3 : 1;
        }

        return [.. files.Values];
    }

    // Git writes a dash for files without lines.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string Word(char status) =>
        status switch { 'A' => "added", 'D' => "removed", 'R' => "renamed", 'C' => "copied", 'T' => "type", _ => "modified" };
}
