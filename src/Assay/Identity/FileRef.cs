namespace Assay;

/// <summary>
/// A file as an input. It is identified by the SHA-256 of its content, not by its path, its times or its machine. It belongs into the
/// context or the parameters; a missing file is reported before the first run. Immutable and thread-safe.
/// </summary>
/// <param name="Path">The file. A relative path is resolved against the current directory when the reference is created.</param>
public sealed record FileRef(string Path)
{
    /// <summary>
    /// The absolute path, resolved when the reference is created, so that a program that changes its current directory still reads the file
    /// that was identified.
    /// </summary>
    public string FullPath { get; } = System.IO.Path.GetFullPath(Path);

    /// <summary>Reads the content as text.</summary>
    public string ReadAllText() => File.ReadAllText(FullPath);

    /// <summary>Reads all lines.</summary>
    public string[] ReadAllLines() => File.ReadAllLines(FullPath);

    /// <summary>Opens the file for reading. The caller disposes the stream.</summary>
    public Stream OpenRead() => File.OpenRead(FullPath);

    /// <inheritdoc/>
    public override string ToString() => Path;
}

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
