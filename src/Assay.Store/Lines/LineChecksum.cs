using System.Buffers.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// The last member of a line: <c>"crc32c"</c>, the checksum of the bytes before it, as eight hexadecimal digits. It finds accidents, not
/// intent. Lines of earlier versions and of other programs have none.
/// </summary>
internal static class LineChecksum
{
    /// <summary>The longest line, in bytes. What is larger belongs into an artifact; readers pass over longer lines and say so.</summary>
    public const int LongestLine = 64 << 20;

    public static readonly string IsTooLong = $"the line is longer than {LongestLine >> 20} MiB";

    private const int Digits = 8;

    // ,"crc32c":"01234567"}
    private static ReadOnlySpan<byte> Member => ",\"crc32c\":\""u8;

    /// <summary>Ends the line that began last, with its closing brace and line feed.</summary>
    /// <exception cref="AssayException">It is too long; the buffer is as before it began.</exception>
    public static void Close(JsonBuffer line)
    {
        ReadOnlySpan<byte> written = line.Written;
        int start = written.LastIndexOf((byte)'\n') + 1;
        if (written.Length - start > LongestLine - 64)
        {
            int size = (written.Length - start) >> 20;
            line.Truncate(start);
            throw new AssayException($"a value of {size} MiB is to be recorded; expected at most {LongestLine >> 20} MiB in a line of a "
                + "journal. Record it as an artifact.");
        }

        uint checksum = Crc32C.Append(0, written[start..]);
        line.Raw(Member).Hex(checksum).Raw("\"}\n"u8);
    }

    /// <summary>Whether a line has no checksum, or that of its bytes.</summary>
    public static bool IsSound(ReadOnlySpan<byte> line)
    {
        int end = line.Length - Member.Length - Digits - 2;
        if (end < 0 || !line[end..].StartsWith(Member) || !line.EndsWith("\"}"u8)) return true;
        ReadOnlySpan<byte> digits = line.Slice(end + Member.Length, Digits);
        return Utf8Parser.TryParse(digits, out uint checksum, out int read, 'x') && read == Digits
            && checksum == Crc32C.Append(0, line[..end]);
    }

    /// <exception cref="JsonException">The line is not sound.</exception>
    public static void Require(ReadOnlySpan<byte> line)
    {
        if (!IsSound(line)) throw new JsonException("the bytes of the line are not those that were written (its checksum differs)");
    }
}
