namespace Assay.Cli.Mcp;

/// <summary>A line of bytes. Of one that is longer than allowed only both ends are there.</summary>
/// <param name="Bytes">The line, or how a longer one begins. Valid until the next line is read.</param>
/// <param name="End">How a longer line ends; empty otherwise.</param>
/// <param name="Length">How many bytes the line has.</param>
internal readonly record struct ByteLine(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> End, long Length)
{
    public bool IsWhole => Length == Bytes.Length;
}

/// <summary>Reads lines of bytes and never holds more than a bound, however long a line is.</summary>
internal sealed class LineReader(Stream input, int longest)
{
    private const int FirstSize = 1 << 14;
    private const int HeadKept = 1 << 12;
    private const int TailKept = 1 << 8;

    private readonly byte[] _tail = new byte[TailKept];
    private byte[] _head = [];
    private byte[] _buffer = new byte[FirstSize];
    private int _from, _to;

    /// <summary>The next line without its end; the last one may have none. Null when there are no more.</summary>
    public async ValueTask<ByteLine?> NextAsync(CancellationToken cancellation)
    {
        int searched = _from;
        long dropped = 0;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _to - searched).IndexOf((byte)'\n');
            if (end >= 0) return Line(searched + end, after: searched + end + 1, dropped);
            if (dropped > 0 || _to - _from > longest) dropped += Drop(dropped);
            searched = _to;
            MakeRoom(ref searched);
            int read = await input.ReadAsync(_buffer.AsMemory(_to), cancellation);
            if (read == 0) return _to == _from && dropped == 0 ? null : Line(_to, after: _to, dropped);
            _to += read;
        }
    }

    private ByteLine Line(int end, int after, long dropped)
    {
        Memory<byte> rest = _buffer.AsMemory(_from, end - _from);
        _from = after;
        if (dropped == 0 && rest.Length <= longest) return new ByteLine(rest, default, rest.Length);
        if (dropped == 0) _head = rest[..Math.Min(HeadKept, rest.Length)].ToArray();
        KeepTail(rest.Span);
        return new ByteLine(_head, _tail, dropped + rest.Length);
    }

    private int Drop(long dropped)
    {
        Span<byte> held = _buffer.AsSpan(_from, _to - _from);
        if (dropped == 0) _head = held[..Math.Min(HeadKept, held.Length)].ToArray();
        KeepTail(held);
        // A reader that once met a long line must not hold its room for ever.
        if (_buffer.Length > FirstSize) _buffer = new byte[FirstSize];
        _from = _to = 0;
        return held.Length;
    }

    private void KeepTail(ReadOnlySpan<byte> more)
    {
        if (more.Length < TailKept) _tail.AsSpan(more.Length).CopyTo(_tail);
        more = more[^Math.Min(more.Length, TailKept)..];
        more.CopyTo(_tail.AsSpan(TailKept - more.Length));
    }

    private void MakeRoom(ref int searched)
    {
        if (_to < _buffer.Length) return;
        byte[] target = _from > _buffer.Length / 2 ? _buffer : new byte[Math.Min(_buffer.Length * 2L, longest + (long)FirstSize)];
        _buffer.AsSpan(_from, _to - _from).CopyTo(target);
        (_buffer, searched, _to, _from) = (target, searched - _from, _to - _from, 0);
    }
}
