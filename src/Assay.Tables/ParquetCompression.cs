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

    /// <summary>Snappy: almost as fast as none, and the default of most writers.</summary>
    Snappy,

    /// <summary>Zstandard at its fastest level: small, and not known to readers from before 2019.</summary>
    Zstd,
}
