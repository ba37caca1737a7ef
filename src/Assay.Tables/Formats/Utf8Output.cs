namespace Assay.Tables;

/// <summary>A block of bytes into which text is formatted in place.</summary>
internal sealed class Utf8Output(ByteWriter block)
{
    public int Length => block.Length;

    /// <summary>Room for at least <paramref name="size"/> bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int size) => block.Room(size);

    public void Advance(int count) => block.Advance(count);

    public void Write(byte value) => block.Byte(value);

    public void Write(ReadOnlySpan<byte> bytes) => block.Bytes(bytes);

    public void Write(ReadOnlySpan<char> text) => block.Utf8(text);
}
