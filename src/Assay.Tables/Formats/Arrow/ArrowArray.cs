using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Tables.Arrow;

/// <summary>A block of a file with its place, for messages.</summary>
internal readonly record struct ArrowBuffer(ReadOnlyMemory<byte> Memory, long Offset)
{
    public ReadOnlySpan<byte> Span => Memory.Span;

    public int Length => Memory.Length;
}

/// <summary>
/// The values of a field in one batch, in the buffers of the file: first the bitmap of what is not null, which is empty where nothing is, then
/// what the type asks for. The sizes of the buffers have been checked against the length, what they hold has not.
/// </summary>
internal sealed class ArrowArray(ArrowField described, int length, ArrowBuffer[] buffers)
{
    private readonly Lazy<Validity?> _validity = new(() => ReadValidity(length, buffers));

    public ArrowField Field => described;

    public int Length => length;

    public IReadOnlyList<ArrowBuffer> Buffers => buffers;

    public ArrowArray[] Children { get; init; } = [];

    /// <summary>What the values are numbers of, where the field is dictionary-encoded.</summary>
    public ArrowDictionary? Dictionary { get; init; }

    /// <summary>The type of what lies in the buffers.</summary>
    public ArrowType Type => described.Dictionary?.Index ?? described.Type;

    /// <summary>Which values are not null; null when all are. Counted at the first call, then remembered.</summary>
    public Validity? Validity => _validity.Value;

    /// <summary>Where the values begin in the file.</summary>
    public long Offset => buffers.Length > 1 ? buffers[1].Offset : 0;

    /// <summary>Values of fixed width where they lie, those under nulls included.</summary>
    /// <exception cref="TableException">The values have another width.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(buffers[Widths<T>()].Span)[..length];

    /// <summary>As <see cref="Values{T}"/>, to be kept; a copy where they do not lie at a multiple of their width.</summary>
    public ReadOnlyMemory<T> Memory<T>() where T : unmanaged
    {
        ReadOnlyMemory<byte> bytes = buffers[Widths<T>()].Memory[..(length * Unsafe.SizeOf<T>())];
        bool isAligned = length == 0 || IsAligned<T>(bytes.Span);
        return isAligned ? new CastMemory<T>(bytes).Memory : Values<T>().ToArray();
    }

    public TableException Fault(long offset, string fault) => ArrowSource.Fault(offset, $"column '{described.Name}': {fault}");

    private static unsafe bool IsAligned<T>(ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        // Memory of a file does not move; that of an array may, but keeps its place in 8 bytes.
        fixed (byte* start = bytes) return (nuint)start % (nuint)Unsafe.SizeOf<T>() == 0;
    }

    private int Widths<T>() where T : unmanaged => Type.Width == 8 * Unsafe.SizeOf<T>() && buffers.Length == 2
        ? 1
        : throw new TableException($"Column '{described.Name}' holds {Type.Kind} values of {Type.Width} bits, not of {8 * Unsafe.SizeOf<T>()}.");

    private static Validity? ReadValidity(int length, ArrowBuffer[] buffers)
    {
        if (buffers.Length == 0 || buffers[0].Length == 0) return null;
        var words = new ulong[Tables.Validity.WordCount(length)];
        ReadOnlySpan<byte> bits = buffers[0].Span[..((length + 7) / 8)];
        bits.CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        return Tables.Validity.From(words, length);
    }
}
