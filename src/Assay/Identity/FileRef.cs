namespace Assay;

/// <summary>
/// A file as an input: identified by its content (SHA-256), not by its path, its age or the machine it stands on. Put it into
/// the context or the parameters; a missing file is reported before anything runs.
/// </summary>
/// <param name="Path">The file; relative paths count from the current directory at the moment the reference is made.</param>
public sealed record FileRef(string Path)
{
    /// <summary>The absolute path, fixed when the reference is made: a program that changes its current directory still reads the file that was identified.</summary>
    public string FullPath { get; } = System.IO.Path.GetFullPath(Path);

    /// <summary>The whole content as text.</summary>
    public string ReadAllText() => File.ReadAllText(FullPath);

    /// <summary>All lines of the file.</summary>
    public string[] ReadAllLines() => File.ReadAllLines(FullPath);

    /// <summary>Opens the file for reading; the caller disposes the stream.</summary>
    public Stream OpenRead() => File.OpenRead(FullPath);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
