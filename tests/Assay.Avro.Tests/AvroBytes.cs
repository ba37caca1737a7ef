using System.IO.Compression;
using System.Text;

namespace Assay.Avro.Tests;

/// <summary>Avro files put together by hand, as other programs write them.</summary>
internal static class AvroBytes
{
    public static readonly byte[] Marker = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    public static byte[] File(string schema, params (long Rows, byte[] Content)[] blocks) => File(schema, codec: null, blocks);

    public static byte[] File(string schema, string? codec, params (long Rows, byte[] Content)[] blocks)
    {
        byte[] entries = [.. Text("avro.schema"), .. Text(schema), .. codec is null ? [] : (byte[])[.. Text("avro.codec"), .. Text(codec)]];
        byte[] header = [.. "Obj\u0001"u8, .. Long(codec is null ? 1 : 2), .. entries, 0, .. Marker];
        return [
            .. header,
            .. blocks.SelectMany(block => (byte[])[.. Long(block.Rows), .. Long(block.Content.Length), .. block.Content, .. Marker])];
    }

    /// <summary>A zigzag number.</summary>
    public static byte[] Long(long value)
    {
        var bytes = new List<byte>();
        ulong rest = (ulong)(value << 1 ^ value >> 63);
        for (; rest >= 0x80; rest >>= 7) bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
        return [.. bytes];
    }

    /// <summary>A text or bytes with their length.</summary>
    public static byte[] Text(string text) => Sized(Encoding.UTF8.GetBytes(text));

    public static byte[] Sized(byte[] bytes) => [.. Long(bytes.Length), .. bytes];

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Optimal)) packer.Write(content);
        return packed.ToArray();
    }

    /// <summary>Snappy's form with nothing but a literal, and the place of a checksum after it.</summary>
    public static byte[] Snappy(byte[] content) => [(byte)content.Length, (byte)((content.Length - 1) << 2), .. content, 0, 0, 0, 0];

    public static byte[] Zstd(byte[] content)
    {
        using var compressor = new ZstdSharp.Compressor(1);
        return compressor.Wrap(content).ToArray();
    }

    public static Table Read(byte[] file) => Table.Read(new MemoryStream(file), TableFormat.Avro);
}
