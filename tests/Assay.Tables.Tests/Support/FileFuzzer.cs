using System.Buffers.Binary;

namespace Assay.Tables.Tests;

/// <summary>Damaged copies of sound files, the same ones for the same seed.</summary>
internal sealed class FileFuzzer(byte[][] originals, byte[][] foreign, int seed)
{
    // What sizes and counts overflow at.
    private static readonly long[] Edges =
        [0, 1, -1, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1 << 28, 0x7F7F7F7F7F7F7F7F];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        byte[] file = Pick(originals);
        if (_random.Next(200) == 0) return Pick(foreign);
        // Much damage is found early; a little reaches deep.
        for (int steps = _random.Next(4) == 0 ? _random.Next(2, 6) : 1; steps > 0; steps--) file = Damage(file);
        return file;
    }

    private byte[] Damage(byte[] file) => _random.Next(20) switch
    {
        0 => file[..At(file)],
        1 => Cut(file),
        2 => Splice(file, Pick(originals)),
        3 => Splice(file, Pick(foreign)),
        4 => Splice(file, file),
        5 or 6 or 7 => Overwrite(file),
        _ => Change(file),
    };

    /// <summary>Some bytes have another value or another bit.</summary>
    private byte[] Change(byte[] file)
    {
        if (file.Length == 0) return file;
        byte[] changed = [.. file];
        for (int i = _random.Next(4) == 0 ? _random.Next(2, 5) : 1; i > 0; i--)
        {
            int at = _random.Next(changed.Length);
            changed[at] =
                _random.Next(3) switch { 0 => (byte)_random.Next(256), 1 => (byte)(changed[at] ^ 1 << _random.Next(8)), _ => 0xFF };
        }

        return changed;
    }

    /// <summary>A number of four or eight bytes is one at an edge.</summary>
    private byte[] Overwrite(byte[] file)
    {
        if (file.Length < sizeof(long)) return file;
        byte[] changed = [.. file];
        long edge = Edges[_random.Next(Edges.Length)];
        Span<byte> place = changed.AsSpan(_random.Next(changed.Length - sizeof(long) + 1));
        if (_random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(place, edge);
        else BinaryPrimitives.WriteInt32LittleEndian(place, (int)edge);
        return changed;
    }

    /// <summary>A piece is missing.</summary>
    private byte[] Cut(byte[] file)
    {
        int from = At(file), length = Math.Min(_random.Next(1, 64), file.Length - from);
        return [.. file.AsSpan(0, from), .. file.AsSpan(from + length)];
    }

    /// <summary>A piece of another file is inserted, or replaces a piece of this one.</summary>
    private byte[] Splice(byte[] file, byte[] other)
    {
        int at = At(file), from = At(other);
        ReadOnlySpan<byte> piece = other.AsSpan(from, Math.Min(_random.Next(1, 200), other.Length - from));
        int behind = _random.Next(2) == 0 ? at : Math.Min(file.Length, at + piece.Length);
        return [.. file.AsSpan(0, at), .. piece, .. file.AsSpan(behind)];
    }

    private int At(byte[] file) => _random.Next(file.Length + 1);

    private byte[] Pick(byte[][] files) => files[_random.Next(files.Length)];
}
