namespace Assay.Questions;

/// <summary>Media types of content by its usual file ending. Thread-safe.</summary>
public static class MediaTypes
{
    /// <summary>That of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of a format.</summary>
    /// <param name="format">The ending without the dot.</param>
    /// <param name="text">Whether content of an unknown format is text.</param>
    public static string Of(string format, bool text) => format.ToLowerInvariant() switch
    {
        "json" => Json,
        "jsonl" or "ndjson" => "application/x-ndjson",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "txt" => "text/plain",
        "md" => "text/markdown",
        "tex" => "text/x-tex",
        "html" or "htm" => "text/html",
        "xml" => "application/xml",
        "yaml" or "yml" => "application/yaml",
        "png" => "image/png",
        "jpg" or "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "parquet" => "application/vnd.apache.parquet",
        "arrow" or "ipc" => "application/vnd.apache.arrow.file",
        "arrows" => "application/vnd.apache.arrow.stream",
        "avro" => "application/avro",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => text ? "text/plain" : "application/octet-stream",
    };
}
