using System.Text;

namespace Assay.Tables;

/// <summary>A buffer in front of a stream into which text is formatted in place.</summary>
internal sealed class Utf8Output(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    /// <summary>Room for at least <paramref name="size"/> bytes (at most the buffer); <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int size)
    {
        if (_buffer.Length - _used < size) Flush();
        return _buffer.AsSpan(_used);
    }

    public void Advance(int count) => _used += count;

    public void Write(byte value)
    {
        if (_used == _buffer.Length) Flush();
        _buffer[_used++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length)
        {
            Flush();
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        // A chunk must not end between the two halves of a surrogate pair.
        const int Chunk = 16_000;
        while (text.Length > Chunk)
        {
            int take = char.IsHighSurrogate(text[Chunk - 1]) ? Chunk - 1 : Chunk;
            Advance(Encoding.UTF8.GetBytes(text[..take], Room(Chunk * 3)));
            text = text[take..];
        }

        Advance(Encoding.UTF8.GetBytes(text, Room(text.Length * 3)));
    }

    public void Flush()
    {
        stream.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
