namespace Assay;

/// <summary>The file formats a table is saved in. Names and extensions: <see cref="TableFormats"/>.</summary>
public enum TableFormat
{
    /// <summary>
    /// Comma-separated values, RFC 4180, UTF-8, LF, a header line. Null is an empty field, the empty text is <c>""</c>, and a text that
    /// looks like another type is quoted. <c>.csv</c>
    /// </summary>
    Csv,

    /// <summary>As <see cref="Csv"/> with tabs. <c>.tsv</c></summary>
    Tsv,

    /// <summary>A JSON array of one object per row. NaN and infinities are strings. <c>.json</c></summary>
    Json,

    /// <summary>One JSON object per line. <c>.ndjson</c>, <c>.jsonl</c></summary>
    NdJson,
}
