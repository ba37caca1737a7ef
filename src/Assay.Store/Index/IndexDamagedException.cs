namespace Assay;

/// <summary>
/// The index is not as it was written, or gone meanwhile. Never seen by users: whoever reads the index reads the journals again instead.
/// </summary>
internal sealed class IndexDamagedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether a fault is this one, also when several threads have met it, or a comparison did while something was sorted.</summary>
    public static bool Is(Exception fault) => fault switch
    {
        IndexDamagedException => true,
        AggregateException several => several.Flatten().InnerExceptions.All(Is),
        InvalidOperationException { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
