namespace Assay;

/// <summary>Selects the runs of a plan to execute when the store has some of them.</summary>
public enum ResumeMode
{
    /// <summary>All runs that have not succeeded: new, interrupted, failed and cancelled ones. The default.</summary>
    Unfinished,

    /// <summary>The runs that have never ended: new and interrupted ones.</summary>
    Missing,

    /// <summary>The runs whose last attempt failed.</summary>
    Failed,

    /// <summary>All runs, including those that succeeded; the store keeps the earlier attempts.</summary>
    All,
}
