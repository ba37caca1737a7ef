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

    /// <summary>
    /// Apache Parquet. Timestamps keep the instant, in UTC; durations, and timestamps of a column that neither microseconds nor nanoseconds
    /// hold without loss, are whole numbers that other readers see as such. <c>.parquet</c>
    /// </summary>
    Parquet,

    /// <summary>
    /// Apache Arrow IPC file. Timestamps keep the instant, in UTC; times of a column that neither microseconds nor nanoseconds hold without
    /// loss are whole numbers for other readers. It can be opened without reading it, with <see cref="Table.Map"/>. <c>.arrow</c>,
    /// <c>.ipc</c>
    /// </summary>
    Ipc,

    /// <summary>Apache Arrow IPC stream: as <see cref="Ipc"/>, for a pipe or a connection. <c>.arrows</c></summary>
    IpcStream,

    /// <summary>
    /// Avro object container. Timestamps keep the instant, in UTC, in microseconds, or in nanoseconds where that is needed, which older
    /// readers see as whole numbers, as all do where neither holds them without loss; durations are whole numbers, and nested values JSON
    /// texts, for other readers; names that Avro does not allow have underscores there. By the package Assay.Avro: referring to it is
    /// enough. <c>.avro</c>
    /// </summary>
    Avro,

    /// <summary>A pipe table, for people. <c>.md</c></summary>
    Markdown,

    /// <summary>A tabular with booktabs rules, for papers. <c>.tex</c></summary>
    Latex,

    /// <summary>A table element without styles. <c>.html</c>, <c>.htm</c></summary>
    Html,

    /// <summary>Aligned columns, for the console. <c>.txt</c></summary>
    Text,

    /// <summary>An Excel workbook, only written, by the package Assay.Excel: referring to it is enough. <c>.xlsx</c></summary>
    Excel,

    /// <summary>
    /// The clipboard of the desktop, as <see cref="Tsv"/>, which spreadsheets paste as cells. Only written, with
    /// <see cref="Table.CopyToClipboard"/>; it is no file and has no extension.
    /// </summary>
    Clipboard,
}
