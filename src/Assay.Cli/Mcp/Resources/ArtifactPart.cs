using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>A part of an artifact's content that one answer may hold: as text where it is text.</summary>
internal static class ArtifactPart
{
    /// <summary>In bytes of content.</summary>
    public const int LongestText = 40_000;

    /// <summary>In bytes of content; as base64 a third more.</summary>
    public const int LongestBlob = 60_000;

    private const int Looked = 4096;

    private static readonly SearchValues<byte> Unprintable = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007"u8);

    /// <summary>The part as contents; where something is left, a second one says so and names the address of what follows.</summary>
    public static IList<ResourceContents> Of(ResourceAddress address, Stream content, string format)
    {
        long length = content.Length;
        if (address.Offset > length || (address.Offset == length && length > 0))
            throw new AssayException($"offset is {address.Offset}; expected a number below {length}, "
                + $"the length of '{address.Artifact}' in bytes. Begin without an offset.");
        bool text = IsText(content);
        content.Position = address.Offset;
        byte[] part = new byte[Math.Min(text ? LongestText : LongestBlob, length - address.Offset)];
        content.ReadExactly(part);
        bool last = address.Offset + part.Length == length;
        int kept = text && !last ? WholeCharacters(part) : part.Length;
        text &= Utf8.IsValid(part.AsSpan(0, kept));
        ReadOnlyMemory<byte> given = part.AsMemory(0, text ? kept : part.Length);
        string uri = address.ToString(), type = MediaTypes.Of(format, text);
        ResourceContents first = text
            ? new TextResourceContents { Uri = uri, MimeType = type, Text = Encoding.UTF8.GetString(given.Span) }
            : BlobResourceContents.FromBytes(given, uri, type);
        long next = address.Offset + given.Length;
        return next == length ? [first] : [first, Left(address, next, length)];
    }

    private static TextResourceContents Left(ResourceAddress address, long next, long length)
    {
        string follows = (address with { Offset = next }).ToString();
        return new TextResourceContents
        {
            Uri = follows,
            MimeType = "text/plain",
            Text = $"Cut: these are bytes {Words.Number(address.Offset)} to {Words.Number(next - 1)} of {Words.Number(length)}. "
                + $"What follows is the resource {follows}",
        };
    }

    // By how it begins, whichever part is asked for, so that all parts have one form.
    private static bool IsText(Stream content)
    {
        byte[] start = new byte[Math.Min(Looked, content.Length)];
        content.Position = 0;
        content.ReadExactly(start);
        int kept = start.Length < content.Length ? WholeCharacters(start) : start.Length;
        return Utf8.IsValid(start.AsSpan(0, kept)) && !start.AsSpan(0, kept).ContainsAny(Unprintable);
    }

    // The last character may be cut in two.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.Length - 1;
        while (at > 0 && bytes.Length - at < 4 && (bytes[at] & 0xC0) == 0x80) at--;
        return at >= 0 && bytes[at] >= 0xC0 ? at : bytes.Length;
    }
}

/// <summary>The media type of content by its usual file ending.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

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
