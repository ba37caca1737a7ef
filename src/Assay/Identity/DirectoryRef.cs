namespace Assay;

/// <summary>
/// A folder as an input. It is identified by the relative paths and the contents of its files that match <see cref="Pattern"/>, including
/// those in sub-folders. Empty folders and file times are not part of the identity. Links are followed, except links to a folder that
/// contains them. Immutable and thread-safe.
/// </summary>
/// <param name="Path">The folder. A relative path is resolved against the current directory when the reference is created.</param>
/// <param name="Pattern">The pattern of file names, with <c>*</c> and <c>?</c>. Default: all files.</param>
public sealed record DirectoryRef(string Path, string Pattern = "*")
{
    /// <summary>The absolute path, resolved when the reference is created.</summary>
    public string FullPath { get; } = System.IO.Path.GetFullPath(Path);

    /// <summary>Returns the full paths of the files that match the pattern, in ordinal order of their relative paths.</summary>
    /// <exception cref="CanonicalFormException">The folder or a folder in it is missing or cannot be read.</exception>
    public IReadOnlyList<string> Files()
    {
        try
        {
            return [.. FolderWalk.Files(FullPath, Pattern).OrderBy(RelativeTo, StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CanonicalFormException($"the folder '{Path}' cannot be read ({fault.Message}). Expected an input folder that is "
                + "readable together with its sub-folders; check its path and its permissions.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal string RelativeTo(string file) => System.IO.Path.GetRelativePath(FullPath, file).Replace('\\', '/');
}
