namespace Assay.Tables.Arrow;

/// <summary>The bytes of a file, in memory or mapped, of any length. A part that is taken has less than 2 GB.</summary>
internal abstract class ArrowSource
{
    // Values that take no bytes are not bounded by the size of the file: a few more than this would do no harm, millions of millions would.
    private const int MostWithoutBytes = 1 << 22;

    private long _withoutBytes;

    public abstract long Length { get; }

    /// <summary>Counts values that take no bytes, over all fields and batches.</summary>
    public void AddWithoutBytes(string field, int count)
    {
        _withoutBytes += count;
        if (_withoutBytes > MostWithoutBytes + Length) throw Fault(0, $"field '{field}' has {count} values of no bytes, more than the {MostWithoutBytes + Length} that are supported in a file of this size");
    }

    public ReadOnlyMemory<byte> Take(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length - count) throw Fault(Math.Clamp(offset, 0, Length), $"{count} bytes are expected at {offset}, but the file has {Length}");
        if (count > int.MaxValue) throw Fault(offset, $"a part of {count} bytes is larger than the 2 GB that are supported (write smaller batches)");
        return Slice(offset, (int)count);
    }

    public static TableException Fault(long offset, string fault) => new($"Byte {offset}: {fault}; the file is damaged or no Arrow file.") { ByteOffset = offset };

    protected abstract ReadOnlyMemory<byte> Slice(long offset, int count);
}

/// <summary>A file that was read into memory.</summary>
internal sealed class BytesSource(byte[] bytes) : ArrowSource
{
    public override long Length => bytes.Length;

    protected override ReadOnlyMemory<byte> Slice(long offset, int count) => bytes.AsMemory((int)offset, count);
}
