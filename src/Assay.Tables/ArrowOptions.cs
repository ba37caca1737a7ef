namespace Assay;

/// <summary>
/// How an Arrow file or stream is written; pass it to <see cref="TableFormats.Ipc"/> or <see cref="TableFormats.IpcStream"/>.
/// </summary>
public sealed record ArrowOptions
{
    /// <summary>
    /// Rows of a record batch, the unit that readers take into memory and work on in parallel. At least 1. Default: 131072. With
    /// <see cref="int.MaxValue"/> there is one batch, which <see cref="Table.Map"/> can use without copying.
    /// </summary>
    public int BatchSize { get; init; } = 131_072;
}
