namespace Assay;

/// <summary>An artifact or data with its run. Immutable and thread-safe.</summary>
/// <param name="Run">The run.</param>
/// <param name="Info">What is known of it without opening it.</param>
public sealed record RunArtifact(RunRecord Run, ArtifactInfo Info)
{
    /// <inheritdoc cref="RunRecord.OpenArtifact"/>
    public Stream Open() => Run.OpenArtifact(Info.Name);

    /// <inheritdoc cref="RunRecord.SaveArtifact"/>
    public void Save(string path, bool overwrite = true) => Run.SaveArtifact(Info.Name, path, overwrite);
}
