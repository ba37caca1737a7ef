namespace Assay;

/// <summary>How a Parquet file is written; pass it to <see cref="TableFormats.Parquet"/>.</summary>
public sealed record ParquetOptions
{
    /// <summary>How pages are compressed. Default: <see cref="ParquetCompression.Gzip"/>.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Gzip;

    /// <summary>Rows of a row group, the unit that readers skip and work on in parallel. At least 1. Default: 131072.</summary>
    public int RowGroupSize { get; init; } = 131_072;
}
