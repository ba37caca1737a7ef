namespace Assay;

/// <summary>How the pages of a Parquet file are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Not at all: fastest, largest.</summary>
    None,

    /// <summary>Gzip at its fastest level, which every reader knows.</summary>
    Gzip,

    /// <summary>Brotli, smaller than gzip.</summary>
    Brotli,
}
