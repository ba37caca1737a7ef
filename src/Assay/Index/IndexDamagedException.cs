namespace Assay;

/// <summary>
/// The index is not as it was written, or gone meanwhile. Never seen by users: whoever reads the index reads the journals again instead.
/// </summary>
internal sealed class IndexDamagedException(string message, Exception? inner = null) : Exception(message, inner);
