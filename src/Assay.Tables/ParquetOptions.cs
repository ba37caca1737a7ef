namespace Assay;

/// <summary>How a Parquet file is written; pass it to <see cref="TableFormats.Parquet"/>.</summary>
public sealed record ParquetOptions
{
    /// <summary>How pages are compressed. Default: <see cref="ParquetCompression.Snappy"/>.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Snappy;

    /// <summary>
    /// The most rows of a row group, the unit that readers skip and work on in parallel; where texts are long, a group ends earlier. At
    /// least 1. Default: 131072.
    /// </summary>
    public int RowGroupSize { get; init; } = 131_072;

    /// <summary>A row group ends when one of its columns has this many characters, of up to three bytes each.</summary>
    internal int RowGroupText { get; init; } = 1 << 25;
}
