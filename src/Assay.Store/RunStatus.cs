namespace Assay;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Started, not ended, and its writer lives.</summary>
    Running,

    /// <summary>The operation returned.</summary>
    Success,

    /// <summary>The operation threw, ran out of time, or its process died; <see cref="RunError.Kind"/> is the reason.</summary>
    Failed,

    /// <summary>Stopped on request before it ended.</summary>
    Cancelled,

    /// <summary>Started and never ended: its writer is gone. Derived when reading; it is run again on resume.</summary>
    Interrupted,
}
