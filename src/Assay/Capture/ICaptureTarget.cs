namespace Assay;

/// <summary>Where what a run records goes.</summary>
internal interface ICaptureTarget
{
    LineEnvelope Lines { get; }

    JournalWriter Journal { get; }

    /// <summary>Runs under way that have series.</summary>
    LiveSeries Series { get; }

    TimeProvider Clock { get; }

    Notices Notices { get; }

    /// <summary>Writes a blob.</summary>
    StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put);
}
