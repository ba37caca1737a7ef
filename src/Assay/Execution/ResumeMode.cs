namespace Assay;

/// <summary>Which runs of a plan are run when some are in the store already.</summary>
public enum ResumeMode
{
    /// <summary>All that have not succeeded: new, interrupted, failed and cancelled ones. The default.</summary>
    Unfinished,

    /// <summary>Only those that never ended: new and interrupted ones. Failed runs stay as they are.</summary>
    Missing,

    /// <summary>Only those whose last attempt failed.</summary>
    Failed,

    /// <summary>All, also those that succeeded; the new attempts are added to the old.</summary>
    All,
}
