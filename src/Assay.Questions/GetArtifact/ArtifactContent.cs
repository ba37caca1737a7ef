namespace Assay.Questions;

/// <summary>The content of an artifact of a run, or of a file in it, compared with its hash. To be disposed.</summary>
public sealed class ArtifactContent : IDisposable
{
    private const int MostFiles = 20;

    private ArtifactContent(Stream content, string format) => (Content, Format) = (content, format);

    /// <summary>The content, a stream that can seek.</summary>
    public Stream Content { get; }

    /// <summary>Its usual file ending without the dot; of a directory the list of its files is the content.</summary>
    public string Format { get; }

    /// <summary>Opens an artifact.</summary>
    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="name">The name of the artifact or data.</param>
    /// <param name="file">A file in a directory; null for the artifact itself.</param>
    /// <exception cref="AssayException">There is no such artifact or file; the message lists those there are.</exception>
    /// <exception cref="StoreException">The content is missing or damaged.</exception>
    public static ArtifactContent Open(Store store, RunRecord run, string name, string? file)
    {
        ArtifactInfo artifact = run.FindArtifact(name);
        Stream content = run.OpenArtifact(name);
        if (file is null) return new ArtifactContent(content, artifact.IsDirectory ? "json" : artifact.Format);
        using (content)
        {
            if (!artifact.IsDirectory)
                throw new AssayException($"file is '{file}', but '{name}' is no folder; expected an address without file. "
                    + $"It is one of kind {artifact.Kind}.");
            (string Path, string Sha256)[] files = [.. DirectoryManifest.Read(content)];
            if (files.FirstOrDefault(f => f.Path == file) is { Sha256: not null } found)
                return new ArtifactContent(store.Storage.ReadArtifact(found.Sha256), Path.GetExtension(file).TrimStart('.'));
            throw new AssayException($"the folder '{name}' of run {run.Id} has no file '{file}'; it has "
                + $"{ValueText.Few([.. files.Select(f => f.Path)], MostFiles)}. Correct the name.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();
}
