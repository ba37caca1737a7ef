using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Tables.Arrow;

/// <summary>Bytes that are written from where they are, so that writing makes no copy of a column.</summary>
internal abstract class OutgoingBuffer
{
    public static OutgoingBuffer Empty { get; } = new ValuesBuffer<byte>(new MemoryValues<byte>(default), 0, 0);

    public abstract long Length { get; }

    public abstract void Write(Stream stream);
}

/// <summary>Values of fixed width.</summary>
internal sealed class ValuesBuffer<T>(IValues<T> values, int from, int count) : OutgoingBuffer where T : unmanaged
{
    // The bytes of a chunk can be counted in 32 bits, which those of a column cannot.
    private const int Chunk = 1 << 20;

    public override long Length => (long)count * Unsafe.SizeOf<T>();

    public override void Write(Stream stream)
    {
        ReadOnlySpan<T> left = values.Values.Slice(from, count);
        for (; left.Length > Chunk; left = left[Chunk..]) stream.Write(MemoryMarshal.AsBytes(left[..Chunk]));
        stream.Write(MemoryMarshal.AsBytes(left));
    }
}

/// <summary>Texts in UTF-8, one behind the other, encoded while they are written.</summary>
internal sealed class TextBuffer(IValues<string?> texts, int from, int count, long length) : OutgoingBuffer
{
    private const int Chunk = 1 << 16;

    public override long Length => length;

    public override void Write(Stream stream)
    {
        var block = new ByteWriter(2 * Chunk);
        foreach (string? text in texts.Values.Slice(from, count))
        {
            block.Utf8(text);
            if (block.Length < Chunk) continue;
            stream.Write(block.Written);
            block.Clear();
        }

        stream.Write(block.Written);
    }
}

/// <summary>A block of memory as a source of values.</summary>
internal sealed class MemoryValues<T>(ReadOnlyMemory<T> memory) : IValues<T>
{
    public ReadOnlySpan<T> Values => memory.Span;
}
