namespace Assay.Tables;

/// <summary>
/// Several programs (Python, DuckDB) write NaN and infinities into JSON as bare words, which the standard does not allow. They are put into
/// quotes, as we write them ourselves. Other content is returned as it is.
/// </summary>
internal static class BareWords
{
    public static ReadOnlyMemory<byte> Quote(ReadOnlyMemory<byte> content)
    {
        bool mayHold = content.Span.IndexOf("NaN"u8) >= 0 || content.Span.IndexOf("Infinity"u8) >= 0;
        return mayHold ? Rewrite(content.Span) : content;
    }

    private static byte[] Rewrite(ReadOnlySpan<byte> content)
    {
        var output = new Utf8Output();
        for (int at = 0; at < content.Length;)
        {
            int word = WordAt(content[at..]);
            if (word > 0)
            {
                output.Write((byte)'"');
                output.Write(content.Slice(at, word));
                output.Write((byte)'"');
                at += word;
                continue;
            }

            int length = content[at] == '"' ? TextAt(content[at..]) : 1;
            output.Write(content.Slice(at, length));
            at += length;
        }

        return output.Written.ToArray();
    }

    private static int WordAt(ReadOnlySpan<byte> rest) => rest[0] switch
    {
        (byte)'N' when rest.StartsWith("NaN"u8) => 3,
        (byte)'I' when rest.StartsWith("Infinity"u8) => 8,
        (byte)'-' when rest.StartsWith("-Infinity"u8) => 9,
        _ => 0,
    };

    /// <summary>Length of a text with its quotes, or of the rest of the content when the text has no end.</summary>
    private static int TextAt(ReadOnlySpan<byte> rest)
    {
        int at = 1;
        while (at < rest.Length && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, rest.Length);
    }
}
