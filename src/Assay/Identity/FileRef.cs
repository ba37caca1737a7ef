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
