using System.Text;

namespace Assay;

/// <summary>Files that git does not keep byte by byte, because line ends, filters, keywords or encodings are converted for it.</summary>
/// <param name="Lost">A checkout has other bytes than the file.</param>
/// <param name="Kept">A checkout has the same bytes, as long as the settings and filters are the same.</param>
internal sealed record ConvertedFiles(IReadOnlyList<string> Lost, IReadOnlyList<string> Kept)
{
    private const int Most = 10;

    /// <param name="repository">The repository.</param>
    /// <param name="git">Looks at the index with the files as they were added.</param>
    /// <param name="index">The file of that index.</param>
    /// <param name="paths">The files that may have been added; all others are as HEAD has them.</param>
    /// <param name="folder">An empty folder to write to.</param>
    public static ConvertedFiles Find(GitRepository repository, GitProgram git, string index, IReadOnlySet<string> paths, string folder)
    {
        if (paths.Count == 0 || IndexFile.Read(index, repository.HashLength) is not { } added) return new ConvertedFiles([], []);
        (string Path, string Hash)[] converted = [.. added.Entries.Where(e => e is { IsFile: true, Stage: 0 }).Select(e => (e.Path, Kept: e.HashText)).Where(e => paths.Contains(e.Path))
            .Select(e => (e.Path, e.Kept, Raw: Hash(Path.Combine(repository.Root, e.Path), repository.HashLength))).Where(e => e.Raw is not null && e.Raw != e.Kept).Select(e => (e.Path, e.Raw!))];
        if (converted.Length == 0) return new ConvertedFiles([], []);
        Write(git, converted.Select(e => e.Path), folder);
        ILookup<bool, string> same = converted.ToLookup(e => Hash(Path.Combine(folder, e.Path), repository.HashLength) == e.Hash, e => e.Path);
        return new ConvertedFiles([.. same[false]], [.. same[true]]);
    }

    /// <summary>What is to be said of them, in sentences.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Lost.Count > 0) yield return $"git does not keep {Names(Lost)} byte by byte, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has other bytes than the run";
        if (Kept.Count > 0) yield return $"git keeps {Names(Kept)} in another form, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has the bytes of the run only with the settings and filters of then";
    }

    /// <summary>How many there are, and the first of them by name.</summary>
    public static string Names(IReadOnlyList<string> files) =>
        $"{(files.Count == 1 ? "1 file" : $"{files.Count} files")} ({string.Join(", ", files.Take(Most))}{(files.Count > Most ? ", …" : "")})";

    // As a checkout would have them.
    private static void Write(GitProgram git, IEnumerable<string> paths, string folder)
    {
        try
        {
            git.Run(Encoding.UTF8.GetBytes(string.Concat(paths.Select(p => p + "\0"))), "checkout-index", "-z", "--stdin", $"--prefix={folder}/");
        }
        catch (GitException)
        {
            // A filter that does not end is no reason not to keep the snapshot. What is not written is not as it was, and is named so.
        }
    }

    private static string? Hash(string path, int hashLength)
    {
        try
        {
            return File.Exists(path) ? BlobHash.Of(path, hashLength) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be read was not added either, and git has named it.
            return null;
        }
    }
}
