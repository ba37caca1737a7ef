using System.IO.Compression;
using System.Text;
using Avro.IO;
using ZstdSharp;

namespace Assay.Avro;

/// <summary>
/// The container around the values of a file: a header and blocks of rows. The library's own ends at a block without rows, whatever comes
/// after it, refuses files whose logical types it does not know, and finds codecs by loading assemblies.
/// </summary>
internal sealed class AvroContainer
{
    public const int MarkerSize = 16;
    public const string SchemaKey = "avro.schema", CodecKey = "avro.codec";

    private readonly MemoryStream _file;
    private readonly AvroInput _input;
    private readonly byte[] _marker;
    private readonly string _codec = "null";

    public AvroContainer(MemoryStream file)
    {
        (_file, _input) = (file, new AvroInput(file));
        if (file.Length < Magic.Length || !_input.Fixed(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw new InvalidDataException("the file does not begin with Obj and a byte 1");
        for (long count; (count = _input.Count()) != 0;)
            for (; count > 0; count--)
            {
                string key = Encoding.UTF8.GetString(_input.Bytes()), value = Encoding.UTF8.GetString(_input.Bytes());
                if (key == SchemaKey) Schema = value;
                if (key == CodecKey) _codec = value;
            }

        _marker = _input.Fixed(MarkerSize);
        if (_codec is not ("null" or "deflate" or "snappy" or "zstandard"))
            throw new NotSupportedException(
                $"blocks are packed with {_codec}, which is not supported; write the file with deflate, snappy, zstandard or null");
    }

    public static byte[] Magic { get; } = [.. "Obj\u0001"u8];

    public string Schema { get; } = "";

    /// <summary>Where the block begins that was read last, or the header.</summary>
    public long Position { get; private set; }

    /// <summary>The number of rows of the next block and its content; null at the end.</summary>
    public (long Rows, MemoryStream Content)? Next()
    {
        if (_file.Position == _file.Length) return null;
        Position = _file.Position;
        long rows = _input.Decoder.ReadLong();
        byte[] content = _input.Bytes();
        if (!_input.Fixed(MarkerSize).AsSpan().SequenceEqual(_marker))
            throw new InvalidDataException("a block does not end with the marker of the file");
        return (rows, Unpack(content));
    }

    private MemoryStream Unpack(byte[] packed)
    {
        // Some writers pack nothing into nothing.
        if (_codec == "null" || packed.Length == 0) return new MemoryStream(packed);
        // Four bytes after the packed ones are a checksum.
        if (_codec == "snappy") return new MemoryStream(Snappier.Snappy.DecompressToArray(packed.AsSpan(0, packed.Length - sizeof(uint))));
        using var source = new MemoryStream(packed);
        using Stream unpacker = _codec == "deflate"
            ? new DeflateStream(source, CompressionMode.Decompress)
            : new DecompressionStream(source);
        var content = new MemoryStream();
        unpacker.CopyTo(content);
        content.Position = 0;
        return content;
    }
}

/// <summary>Decodes values, and does not trust the sizes that a file announces.</summary>
internal sealed class AvroInput(MemoryStream content)
{
    /// <summary>The decoder of the library, for values of known size.</summary>
    public BinaryDecoder Decoder { get; } = new(content);

    public byte[] Bytes() => Fixed(Decoder.ReadLong());

    public byte[] Fixed(long size)
    {
        long left = content.Length - content.Position;
        if (size < 0 || size > left) throw new InvalidDataException($"{size} bytes are expected but {left} are left");
        var bytes = new byte[size];
        Decoder.ReadFixed(bytes);
        return bytes;
    }

    /// <summary>The items of the next part of a list or a map; 0 at its end. A negative count is followed by a size in bytes.</summary>
    public long Count()
    {
        long count = Decoder.ReadLong();
        if (count >= 0) return count;
        Decoder.ReadLong();
        return count == long.MinValue ? long.MaxValue : -count;
    }
}
