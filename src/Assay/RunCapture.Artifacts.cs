using System.Text;

namespace Assay;

public abstract partial class RunCapture
{
    /// <summary>Saves a text as an artifact.</summary>
    /// <param name="name">Unique within the run; the last artifact of a name counts.</param>
    /// <param name="text">The content.</param>
    /// <param name="format">The usual file name extension of such content.</param>
    /// <param name="metadata">Properties of the artifact: an anonymous object or a dictionary. Default: none.</param>
    public ArtifactInfo Artifact(string name, string text, string format = "txt", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Keep(name, "text", format, _target.PutArtifact(a => a.PutArtifact(Encoding.UTF8.GetBytes(text))), metadata);
    }

    /// <summary>Saves bytes as an artifact.</summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, byte[] content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>
    /// Saves the content of a stream from its position to its end. The stream stays open; it is copied without being loaded into memory.
    /// </summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, Stream content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Saves a value as JSON.</summary>
    /// <exception cref="CaptureException">The value cannot be serialised; the message gives the path of the fault.</exception>
    public ArtifactInfo ArtifactJson(string name, object? value, object? metadata = null) =>
        Keep(name, "json", "json", _target.PutArtifact(a => a.PutArtifact(DataEncoding.Encode(name, value).Json)), metadata);

    /// <summary>Saves a copy of a file.</summary>
    /// <exception cref="CaptureException">The file does not exist.</exception>
    public ArtifactInfo ArtifactFile(string name, string path, object? metadata = null)
    {
        if (!File.Exists(path))
            throw new CaptureException($"artifact '{name}': the file '{path}' does not exist (looked for {Path.GetFullPath(path)}). "
                + "Expected a file; write it before keeping it.");
        using FileStream content = File.OpenRead(path);
        string format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return Keep(name, "file", format.Length == 0 ? "bin" : format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Saves a copy of every file in a folder and its sub-folders. Equal files are stored once.</summary>
    /// <exception cref="CaptureException">The folder does not exist or cannot be read.</exception>
    public ArtifactInfo ArtifactDirectory(string name, string path, object? metadata = null)
    {
        if (!Directory.Exists(path))
            throw new CaptureException($"artifact '{name}': the folder '{path}' does not exist (looked for {Path.GetFullPath(path)}). "
                + "Expected a folder; create it before keeping it.");
        try
        {
            return Keep(name, "directory", "json", _target.PutArtifact(a =>
            {
                var directory = new DirectoryRef(path);
                (byte[] manifest, long size) = DirectoryManifest.Make(a, directory.Files().Select(f => (directory.RelativeTo(f), f)));
                return a.PutArtifact(manifest) with { Size = size };
            }), metadata);
        }
        catch (CanonicalFormException fault)
        {
            throw new CaptureException($"artifact '{name}': {fault.Message}", fault);
        }
    }

    private ArtifactInfo Keep(string name, string kind, string format, StoredArtifact blob, object? metadata)
    {
        CheckName(name, "an artifact");
        var info = new ArtifactInfo(name, kind, format, blob.Size, blob.Sha256)
        {
            Metadata = NamedValues.Read(metadata).ToDictionary(),
        };
        JsonBuffer? facts = metadata is null ? null : Plain(metadata, $"the metadata of artifact '{name}'");
        WriteLine("artifact"u8, line => ArtifactLine.Write(line, info, facts));
        return info;
    }
}
