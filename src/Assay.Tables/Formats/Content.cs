using System.Text.Unicode;

namespace Assay.Tables;

/// <summary>The bytes of a whole file.</summary>
internal static class Content
{
    public static byte[] ReadAll(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long expected = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (expected > Array.MaxLength) throw TooLarge(expected);
        var buffer = new byte[Math.Max(expected, 4096)];
        int used = 0;
        for (int read; (read = stream.Read(buffer, used, buffer.Length - used)) > 0;)
        {
            used += read;
            if (used < buffer.Length || used == expected) continue;
            if (buffer.Length == Array.MaxLength) throw TooLarge(used);
            Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
        }

        Array.Resize(ref buffer, used);
        return buffer;
    }

    /// <summary>The text without a byte order mark, when all of it is UTF-8.</summary>
    public static ReadOnlyMemory<byte> Text(byte[] content)
    {
        int start = content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        if (Utf8.IsValid(content)) return content.AsMemory(start);
        int fault = FirstInvalid(content);
        string message = $"Byte {fault} (0x{content[fault]:x2}) is not UTF-8; save the file with that encoding.";
        throw new TableException(message) { ByteOffset = fault, Line = LineOf(content, fault) };
    }

    public static long LineOf(ReadOnlySpan<byte> content, int offset) => content[..offset].Count((byte)'\n') + 1;

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(content[offset..], out _, out int length) == System.Buffers.OperationStatus.Done) offset += length;
        return offset;
    }

    private static TableException TooLarge(long size) =>
        new($"The file has {size} bytes or more, but at most {Array.MaxLength} are read at once; split it, or save it as several files.");
}
