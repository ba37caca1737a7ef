namespace Assay;

/// <summary>
/// The values of one field for the lines read so far: a kind and 64 bits each, texts and JSON as numbers of a pool. Values may be of any kind
/// and come in any mixture; which form a whole column takes is decided when all are known.
/// </summary>
internal sealed class FieldBuffer(FieldKey key)
{
    private CellKind[] _kinds = [];
    private long[] _bits = [];

    public FieldKey Key => key;

    public BytePool Pool { get; } = new();

    public CellKind KindOf(int row) => row < _kinds.Length ? _kinds[row] : CellKind.Absent;

    /// <summary>The number, the bits of the real number, or the number in <see cref="Pool"/>.</summary>
    public long BitsOf(int row) => _bits[row];

    public void Set(int row, CellKind kind, long bits = 0)
    {
        if (row >= _kinds.Length) Grow(row + 1);
        _kinds[row] = kind;
        _bits[row] = bits;
    }

    public void SetReal(int row, double value) => Set(row, CellKind.Real, BitConverter.DoubleToInt64Bits(value));

    public void SetText(int row, ReadOnlySpan<byte> utf8) => Set(row, CellKind.Text, Pool.Add(utf8));

    public void SetJson(int row, ReadOnlySpan<byte> json) => Set(row, CellKind.Json, Pool.Add(json));

    /// <summary>Takes back what a line that turned out damaged had set.</summary>
    public void Clear(int row)
    {
        if (row < _kinds.Length) _kinds[row] = CellKind.Absent;
    }

    private void Grow(int needed)
    {
        int capacity = Math.Max(needed, Math.Max(64, _kinds.Length * 2));
        Array.Resize(ref _kinds, capacity);
        Array.Resize(ref _bits, capacity);
    }
}
