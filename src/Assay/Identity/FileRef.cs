namespace Assay;

/// <summary>
/// A file as an input: identified by its content (SHA-256), not by its path, its age or the machine it stands on. Put it into
/// the context or the parameters; a missing file is reported before anything runs.
/// </summary>
/// <param name="Path">The file; relative paths count from the current directory, first when the experiment is planned; leave that directory as it is while it runs.</param>
public sealed record FileRef(string Path)
{
    /// <summary>The whole content as text.</summary>
    public string ReadAllText() => File.ReadAllText(Path);

    /// <summary>All lines of the file.</summary>
    public string[] ReadAllLines() => File.ReadAllLines(Path);

    /// <summary>Opens the file for reading; the caller disposes the stream.</summary>
    public Stream OpenRead() => File.OpenRead(Path);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
