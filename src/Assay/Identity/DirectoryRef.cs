namespace Assay;

/// <summary>
/// A folder as an input: identified by the relative paths and the contents of the files in it that match
/// <see cref="Pattern"/>, sub-folders included. Empty folders and file times do not count. Links are followed, but for a link to
/// a folder it stands in, which would have no end.
/// </summary>
/// <param name="Path">The folder; relative paths count from the current directory at the moment the reference is made.</param>
/// <param name="Pattern">File names that count, with <c>*</c> and <c>?</c>. Default: all.</param>
public sealed record DirectoryRef(string Path, string Pattern = "*")
{
    /// <summary>The absolute path, fixed when the reference is made.</summary>
    public string FullPath { get; } = System.IO.Path.GetFullPath(Path);

    /// <summary>The files that count, as full paths in ordinal order of their relative paths.</summary>
    /// <exception cref="CanonicalFormException">The folder or one below it is missing or cannot be read.</exception>
    public IReadOnlyList<string> Files()
    {
        try
        {
            return [.. FolderWalk.Files(FullPath, Pattern).OrderBy(RelativeTo, StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CanonicalFormException(
                $"the folder '{Path}' cannot be read ({fault.Message}). Expected an input folder that is readable with all folders in it; check its path and its permissions.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal string RelativeTo(string file) => System.IO.Path.GetRelativePath(FullPath, file).Replace('\\', '/');
}
