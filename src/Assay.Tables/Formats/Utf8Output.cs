namespace Assay.Tables;

/// <summary>A growing block of bytes into which text is formatted in place.</summary>
internal sealed class Utf8Output
{
    private byte[] _buffer = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for at least <paramref name="size"/> more bytes, of which <see cref="Advance"/> counts those that were used.</summary>
    public Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size) Grow((long)Length + size);
        return _buffer.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Write(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        // Counting takes a look at every character; room that may stay unused only pays for short texts.
        const int Long = 1 << 16;
        int size = text.Length < Long ? Encoding.UTF8.GetMaxByteCount(text.Length) : Encoding.UTF8.GetByteCount(text);
        Length += Encoding.UTF8.GetBytes(text, Room(size));
    }

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
            throw new TableException("One row of the file would have more than 2 GB; leave out its longest text, or shorten it.");
        Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
    }
}
