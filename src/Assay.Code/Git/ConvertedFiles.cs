namespace Assay;

/// <summary>Files that git does not keep byte by byte, because line ends, filters, keywords or encodings are converted for it.</summary>
/// <param name="Lost">A checkout has other bytes than the file.</param>
/// <param name="Kept">A checkout has the same bytes, as long as the settings and filters are the same.</param>
internal sealed record ConvertedFiles(IReadOnlyList<string> Lost, IReadOnlyList<string> Kept)
{
    private const int Most = 10;

    /// <summary>Files that are no longer as they were when git read them.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Files that are programs where git keeps them as none, or the other way round, because it is told not to heed that.</summary>
    public IReadOnlyList<string> OtherModes { get; init; } = [];

    /// <param name="repository">The repository.</param>
    /// <param name="git">Looks at the index with the files as they were added.</param>
    /// <param name="index">The file of that index.</param>
    /// <param name="paths">The files that may have been added; all others are as HEAD has them.</param>
    /// <param name="folder">An empty folder to write to.</param>
    /// <exception cref="GitException">Settings or attributes cannot be read.</exception>
    public static ConvertedFiles Find(GitRepository repository, GitProgram git, string index, IReadOnlySet<string> paths, string folder)
    {
        if (paths.Count == 0 || IndexFile.Read(index, repository.HashLength) is not { } added) return new ConvertedFiles([], []);
        AddedFile[] files = [.. added.Entries.Where(e => e is { IsFile: true, Stage: 0 } && paths.Contains(e.Path)).Select(e => AddedFile.Read(repository, e)).OfType<AddedFile>()];
        var back = new WayBack(git);
        IReadOnlySet<string> converting = back.Converting([.. files.Where(f => f.IsAsKept).Select(f => f.Path)]);
        AddedFile[] written = [.. files.Where(f => f.IsAsKept ? converting.Contains(f.Path) : !f.HasChanged)];
        if (written.Length > 0) Write(git, written.Select(f => f.Path), folder);
        ILookup<bool, AddedFile> same = written.ToLookup(f => AddedFile.Hash(Path.Combine(folder, f.Path), repository.HashLength) == f.Raw);
        return new ConvertedFiles([.. same[false].Select(f => f.Path)], [.. same[true].Where(f => !f.IsAsKept).Select(f => f.Path)])
        {
            Changed = [.. files.Where(f => !f.IsAsKept && f.HasChanged).Select(f => f.Path)],
            OtherModes = back.KeepsModes ? [] : [.. files.Where(f => f.HasOtherMode).Select(f => f.Path)],
        };
    }

    /// <summary>What is to be said of them, in sentences.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Lost.Count > 0) yield return $"git does not keep {Names(Lost)} byte by byte, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has other bytes than the run";
        if (Kept.Count > 0) yield return $"git keeps {Names(Kept)} in another form, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has the bytes of the run only with the settings and filters of then";
        if (Changed.Count > 0) yield return $"{Names(Changed)} changed while the snapshot was made: a checkout may have other bytes than the run";
        if (OtherModes.Count > 0) yield return $"git does not heed here which files are programs (core.fileMode): in a checkout {Names(OtherModes)} may be executable where it was not in the run, or the other way round";
    }

    /// <summary>How many there are, and the first of them by name.</summary>
    public static string Names(IReadOnlyList<string> files) =>
        $"{(files.Count == 1 ? "1 file" : $"{files.Count} files")} ({string.Join(", ", files.Take(Most))}{(files.Count > Most ? ", …" : "")})";

    // As a checkout would have them.
    private static void Write(GitProgram git, IEnumerable<string> paths, string folder)
    {
        try
        {
            GitFiles.Write(git, paths, folder);
        }
        catch (GitException)
        {
            // A filter that does not end is no reason not to keep the snapshot. What is not written is not as it was, and is named so.
        }
    }
}
