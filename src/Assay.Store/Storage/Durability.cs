namespace Assay.Storage;

/// <summary>
/// When acknowledged runs reach the disk itself. Either way they have reached the operating system and survive the death of the process.
/// </summary>
public enum Durability
{
    /// <summary>Within one second: a power failure may cost the last second. The default.</summary>
    Second,

    /// <summary>
    /// Before a run is reported finished: nothing reported is lost to a power failure, at the price of waiting for the disk.
    /// </summary>
    Immediate,
}
