using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Assay.Questions;

/// <summary>A part of an artifact's content that one answer may hold: as text where it is text. Immutable.</summary>
/// <param name="Offset">The number of bytes before it.</param>
/// <param name="Length">The number of bytes of the whole content.</param>
/// <param name="Bytes">The part; of a text it ends with a whole character.</param>
/// <param name="IsText">Whether it is text in UTF-8.</param>
/// <param name="MediaType">The media type of the content.</param>
public sealed record ArtifactPart(long Offset, long Length, ReadOnlyMemory<byte> Bytes, bool IsText, string MediaType)
{
    private const int Looked = 4096;

    private static readonly SearchValues<byte> Unprintable = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007"u8);

    /// <summary>The offset of what follows; null at the end.</summary>
    public long? Next => Offset + Bytes.Length < Length ? Offset + Bytes.Length : null;

    /// <summary>The text, where it is one.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Reads a part.</summary>
    /// <param name="content">The content, a stream that can seek.</param>
    /// <param name="artifact">Its name, for messages.</param>
    /// <param name="format">Its usual file ending without the dot.</param>
    /// <param name="offset">The number of bytes before the part.</param>
    /// <param name="longestText">The largest number of bytes of a text.</param>
    /// <param name="longestBlob">The largest number of bytes of anything else.</param>
    /// <exception cref="AssayException">The offset is not within the content.</exception>
    public static ArtifactPart Read(Stream content, string artifact, string format, long offset, int longestText, int longestBlob)
    {
        long length = content.Length;
        if (offset > length || (offset == length && length > 0))
            throw new AssayException($"offset is {offset}; expected a number below {length}, "
                + $"the length of '{artifact}' in bytes. Begin without an offset.");
        bool text = IsContentText(content);
        content.Position = offset;
        byte[] part = new byte[Math.Min(text ? longestText : longestBlob, length - offset)];
        content.ReadExactly(part);
        bool last = offset + part.Length == length;
        int kept = text && !last ? WholeCharacters(part) : part.Length;
        text &= Utf8.IsValid(part.AsSpan(0, kept));
        return new ArtifactPart(offset, length, part.AsMemory(0, text ? kept : part.Length), text, MediaTypes.Of(format, text));
    }

    // By how it begins, whichever part is asked for, so that all parts have one form.
    private static bool IsContentText(Stream content)
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
