using System.Globalization;

namespace Assay.Git;

/// <summary>Finds large files of text that no commit has: what programs wrote, not what people did.</summary>
internal sealed class LargeUncommitted(GitProgram git, CodeSide from, CodeSide to, string tree)
{
    private const int Large = 10_000;

    // Each becomes an argument of git, whose number is limited.
    private const int Most = 200;

    private readonly Dictionary<string, Dictionary<string, long>?> _sizes = [];

    /// <summary>The same files, those that are found with their sizes.</summary>
    public IReadOnlyList<ChangedFile> MarkedIn(IReadOnlyList<ChangedFile> files)
    {
        Dictionary<string, long> found = files.Select(file => (file.Path, Size: SizeOf(file))).Where(file => file.Size > Large)
            .OrderByDescending(file => file.Size).Take(Most).ToDictionary(file => file.Path, file => file.Size, StringComparer.Ordinal);
        return [.. files.Select(file => found.TryGetValue(file.Path, out long size) ? file with { OmittedBytes = size } : file)];
    }

    // Renamed files show no content; of those without lines git shows none.
    private long SizeOf(ChangedFile file)
    {
        if (file.Added is null || file.Status is not ("added" or "modified" or "removed")) return 0;
        (string head, string side) = file.Status == "removed" ? (from.Head, from.Commit) : (to.Head, tree);
        if (head == side || Sizes(head) is not { } committed || committed.ContainsKey(file.Path)) return 0;
        return Sizes(side)?.GetValueOrDefault(file.Path) ?? 0;
    }

    /// <summary>The sizes of all files of a tree, by path; null where it is not in the repository.</summary>
    private Dictionary<string, long>? Sizes(string side)
    {
        if (_sizes.TryGetValue(side, out Dictionary<string, long>? known)) return known;
        // Before the first commit there is none.
        if (side.Length == 0) return _sizes[side] = [];
        GitAnswer listed = git.Run(null, "ls-tree", "-r", "-l", "-z", "--full-tree", side);
        // The form is "mode type hash size", a tab, and the path; a submodule has a dash for its size.
        return _sizes[side] = !listed.Succeeded ? null : listed.Parts.Select(part => part.Split('\t', 2)).ToDictionary(
            parts => parts[1],
            parts => long.TryParse(parts[0].Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : 0,
            StringComparer.Ordinal);
    }
}
