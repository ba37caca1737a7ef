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

/// <summary>
/// How a table is shown to people, as console text, Markdown, LaTeX or HTML. Files for programs are never rounded or cut.
/// </summary>
public sealed record TextTableOptions
{
    /// <summary>Significant digits of floating-point numbers; null for as many as the value has. Default: 6.</summary>
    public int? SignificantDigits { get; init; } = 6;

    /// <summary>The most rows shown; a last line counts the others. Null for all. Default: null.</summary>
    public int? MaxRows { get; init; }

    /// <summary>The text of a null. Default: empty.</summary>
    public string NullText { get; init; } = "";

    /// <summary>
    /// Longest text shown in a cell or as a name, in characters; longer text ends in <c>…</c>. Numbers are never cut. Null for any length.
    /// Default: null.
    /// </summary>
    public int? MaxWidth { get; init; }
}
