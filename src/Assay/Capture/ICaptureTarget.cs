namespace Assay;

/// <summary>The destination of what a run records.</summary>
internal interface ICaptureTarget
{
    LineEnvelope Lines { get; }
    JournalWriter Journal { get; }
    LiveSeries Series { get; }
    TimeProvider Clock { get; }
    Notices Notices { get; }

    StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put);
}
