namespace Assay.Import;

/// <summary>The place of a line in a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Offset">The byte that it begins at.</param>
/// <param name="Length">Its bytes, without the end of the line.</param>
internal readonly record struct ForeignLine(long Number, long Offset, long Length);

/// <summary>Reads a file line by line, so that only one line is in memory. Not thread-safe.</summary>
internal sealed class ForeignLines(Stream content)
{
    /// <summary>The bytes of a line beyond which its content is passed over.</summary>
    public const int Longest = 256 << 20;

    private readonly byte[] _block = new byte[1 << 16];
    private readonly JsonBuffer _line = new();
    private int _next;
    private int _held;

    public ForeignLine Place { get; private set; }

    /// <summary>The line without its end; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Line => _line.Written;

    public bool IsTooLong => Place.Length > Longest;

    /// <summary>Whether the end of the line is there; the last one may lack it.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        _line.Clear();
        Place = new ForeignLine(Place.Number + 1, Place.Offset + Place.Length + (IsEnded ? 1 : 0), 0);
        IsEnded = false;
        while (_next < _held || Fill())
        {
            ReadOnlySpan<byte> rest = _block.AsSpan(_next, _held - _next);
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
            Place = Place with { Length = Place.Length + part.Length };
            if (!IsTooLong) _line.Raw(part);
            _next += part.Length;
            if (end < 0) continue;
            _next++;
            return IsEnded = true;
        }

        return Place.Length > 0;
    }

    private bool Fill()
    {
        (_next, _held) = (0, content.Read(_block));
        return _held > 0;
    }
}
