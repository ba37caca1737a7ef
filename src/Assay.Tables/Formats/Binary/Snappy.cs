using System.Globalization;

namespace Assay.Tables;

/// <summary>Unpacks the raw format of Snappy, in which most other writers pack by default.</summary>
internal static class Snappy
{
    // A copy of three bytes yields at most 64, so a larger announcement cannot be true.
    private const int LargestGain = 64;

    /// <param name="packed">Of any content.</param>
    /// <param name="size">The size that must come out; null where only the packed bytes tell it.</param>
    /// <param name="offset">Where the packed bytes stand in the file.</param>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, long? size, long offset)
    {
        var reader = new ByteReader(packed, offset);
        ulong announced = reader.Varint();
        if (announced != (ulong)(size ?? (long)announced) || announced > (ulong)packed.Length * LargestGain)
            throw reader.Fault($"a page of {size?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} bytes announces {announced}");
        var page = new byte[announced];
        int at = 0;
        while (!reader.AtEnd)
        {
            byte tag = reader.Byte();
            at = (tag & 3) == 0 ? Literal(ref reader, tag, page, at) : Copy(ref reader, tag, page, at);
        }

        return at == page.Length ? page : throw reader.Fault($"a page unpacks to {at} bytes, not {announced}");
    }

    private static int Literal(ref ByteReader reader, byte tag, byte[] page, int at)
    {
        long length = tag >> 2;
        if (length >= 60)
        {
            int bytes = (int)length - 59;
            length = 0;
            for (int i = 0; i < bytes; i++) length |= (long)reader.Byte() << (8 * i);
        }

        ReadOnlySpan<byte> literal = reader.Take(length + 1);
        if (literal.Length > page.Length - at) throw reader.Fault("a page unpacks to more than announced");
        literal.CopyTo(page.AsSpan(at));
        return at + literal.Length;
    }

    private static int Copy(ref ByteReader reader, byte tag, byte[] page, int at)
    {
        int length = (tag & 3) == 1 ? (tag >> 2 & 7) + 4 : (tag >> 2) + 1;
        long back = (tag & 3) switch
        {
            1 => (tag >> 5) << 8 | reader.Byte(),
            2 => reader.Byte() | reader.Byte() << 8,
            _ => (uint)reader.Int32(),
        };
        if (back == 0 || back > at || length > page.Length - at) throw reader.Fault("a copy reaches outside of its page");
        // Byte by byte: source and target may overlap, which repeats a pattern.
        for (int i = 0; i < length; i++) page[at + i] = page[at + i - (int)back];
        return at + length;
    }
}
