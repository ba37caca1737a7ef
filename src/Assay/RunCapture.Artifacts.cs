using System.Text;

namespace Assay;

public abstract partial class RunCapture
{
    /// <summary>Keeps a text.</summary>
    /// <param name="name">Unique within the run; the last one wins.</param>
    /// <param name="text">The content.</param>
    /// <param name="format">The usual file ending of such content.</param>
    /// <param name="metadata">Anything worth knowing about it: an anonymous object or a dictionary.</param>
    public ArtifactInfo Artifact(string name, string text, string format = "txt", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Keep(name, "text", format, _target.PutArtifact(a => a.PutArtifact(Encoding.UTF8.GetBytes(text))), metadata);
    }

    /// <summary>Keeps bytes.</summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, byte[] content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Keeps what a stream holds from its position to its end; the stream stays open and is never held in memory whole.</summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, Stream content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Keeps a value as JSON.</summary>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble.</exception>
    public ArtifactInfo ArtifactJson(string name, object? value, object? metadata = null) =>
        Keep(name, "json", "json", _target.PutArtifact(a => a.PutArtifact(DataEncoding.Encode(name, value).Json)), metadata);

    /// <summary>Keeps a copy of a file.</summary>
    /// <exception cref="CaptureException">There is no such file.</exception>
    public ArtifactInfo ArtifactFile(string name, string path, object? metadata = null)
    {
        if (!File.Exists(path))
            throw new CaptureException($"artifact '{name}': the file '{path}' does not exist (looked for {Path.GetFullPath(path)}). Expected a file; write it before keeping it.");
        using FileStream content = File.OpenRead(path);
        string format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return Keep(name, "file", format.Length == 0 ? "bin" : format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Keeps a copy of every file in a folder and below. Equal files are kept once.</summary>
    /// <exception cref="CaptureException">There is no such folder.</exception>
    public ArtifactInfo ArtifactDirectory(string name, string path, object? metadata = null)
    {
        if (!Directory.Exists(path))
            throw new CaptureException($"artifact '{name}': the folder '{path}' does not exist (looked for {Path.GetFullPath(path)}). Expected a folder; create it before keeping it.");
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
            Metadata = metadata is null ? new Dictionary<string, object?>() : JsonValues.Members(metadata).ToDictionary(m => m.Name, m => m.Value),
        };
        JsonBuffer? facts = metadata is null ? null : Plain(metadata, $"the metadata of artifact '{name}'");
        WriteLine("artifact"u8, line => ArtifactLine.Write(line, info, facts));
        return info;
    }
}
