using System.Globalization;
using System.Text;

namespace Assay.Questions;

/// <summary>Compares the code of runs, by way of git. Changes nothing: not even an object is left in the repository.</summary>
internal static class CodeDiff
{
    private static readonly string[] Recursive = ["diff-tree", "-r", "--no-ext-diff", "--no-textconv", "--no-color"];

    /// <param name="store">The store of the runs.</param>
    /// <param name="from">The first run.</param>
    /// <param name="to">
    /// The second run; null for the working tree around the user's folder, with everything uncommitted that a snapshot would hold.
    /// </param>
    /// <param name="options">What of it is wanted.</param>
    /// <exception cref="AssayException">
    /// A run has no code recorded, its commit is in no repository here, or a path is on neither side.
    /// </exception>
    public static CodeDiffReport Between(Store store, RunRecord from, RunRecord? to, CodeDiffOptions options)
    {
        RecordedCode first = RecordedCode.Of(from);
        RecordedCode? second = to is null ? null : RecordedCode.Of(to);
        try
        {
            GitRepository repository = CodeRepository.Holding(store, options.Folder, second is null ? [first] : [first, second]);
            GitProgram git = repository.Git with { Folder = Start(repository, options.Folder) };
            if (second is not null) return Of(store, repository, git, CodeSide.Of(first), CodeSide.Of(second), second.Commit, options);
            using var tree = TemporaryTree.Make(repository, store.Path, SnapshotOptions.Shared, Path.GetTempPath());
            return Of(store, repository, tree.Git with { Folder = git.Folder }, CodeSide.Of(first), CodeSide.Of(tree), tree.Tree, options);
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

    private static CodeDiffReport Of(
        Store store, GitRepository repository, GitProgram git, CodeSide from, CodeSide to, string tree, CodeDiffOptions options)
    {
        string[] paths = ["--", .. options.Paths];
        GitAnswer raw = git.Run(null, [.. Recursive, "-M", "--raw", "--numstat", "-z", from.Commit, tree, .. paths]);
        // Whether git knows what is meant by a path is told by git alone.
        if (!raw.Succeeded && options.Paths.Count > 0 && git.Run(null, [.. Recursive, "--quiet", from.Commit, tree]).ExitCode <= 1)
            throw Unusable(git, repository, options.Paths, raw.Errors);
        IReadOnlyList<ChangedFile> files = ChangedFiles.Parse(raw.Expected().Output);
        RequirePaths(git, from, tree, options.Paths);
        GitAnswer? patch = options.Patch ? (git with { MostOutput = options.MostPatch }).Run(
            null, [.. Recursive, "-M", "-p", from.Commit, tree, .. paths]).Expected() : null;
        bool cut = patch is not null && patch.Length > patch.Output.Length;
        ChangedFile[] shown = [.. files.Take(options.MostFiles)];
        return new CodeDiffReport(
            store.Path, repository.Root, from, to, options.Paths, files.Count, shown.Length, files.Sum(f => f.Added ?? 0),
            files.Sum(f => f.Removed ?? 0), shown,
            patch is null ? null : Encoding.UTF8.GetString(cut ? WholeLines(patch.Output) : patch.Output), patch?.Length, cut);
    }

    private static AssayException Unusable(GitProgram git, GitRepository repository, IReadOnlyList<string> paths, string said) => new(
        $"{string.Join(", ", paths.Select(p => $"'{p}'"))} cannot be looked up ({said.Split('\n')[0]}). "
            + $"Expected files or folders within '{repository.Root}', relative to '{git.Folder}', or patterns as git takes them.");

    // Paths are relative to where the user stands, as in git itself, as long as that is in the repository.
    private static string Start(GitRepository repository, string folder) =>
        RealPath.IsWithin(folder, repository.Root) ? folder : repository.Root;

    // A mistyped path looks like code that is the same.
    private static void RequirePaths(GitProgram git, CodeSide from, string tree, IReadOnlyList<string> paths)
    {
        string empty = paths.Count == 0 ? "" : git.Run([], "hash-object", "-t", "tree", "--stdin").Expected().Text;
        foreach (string path in paths)
        {
            bool known = ((string[])[from.Commit, tree]).Any(
                side => git.Ask([.. Recursive, "--name-only", empty, side, "--", path]).Length > 0);
            if (!known)
            {
                throw new AssayException($"'{path}' is in the code of neither side; expected a file or folder, "
                    + $"relative to '{git.Folder}', or a pattern as git takes it.");
            }
        }
    }

    private static byte[] WholeLines(byte[] text) => text[..(Array.LastIndexOf(text, (byte)'\n') + 1)];
}

/// <summary>Reads what <c>git diff-tree --raw --numstat -z</c> writes.</summary>
internal static class ChangedFiles
{
    public static IReadOnlyList<ChangedFile> Parse(byte[] output)
    {
        string[] parts = Encoding.UTF8.GetString(output).Split('\0');
        var files = new OrderedDictionary<string, ChangedFile>(StringComparer.Ordinal);
        int at = 0;
        while (at < parts.Length && parts[at].StartsWith(':'))
        {
            // :mode mode hash hash status, then the path, or two of them.
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

    // A dash stands for files without lines.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string Word(char status) =>
        status switch { 'A' => "added", 'D' => "removed", 'R' => "renamed", 'C' => "copied", 'T' => "type", _ => "modified" };
}
