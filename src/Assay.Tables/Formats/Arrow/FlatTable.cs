namespace Assay.Tables.Arrow;

/// <summary>A table of a flatbuffer that is read. Slots are numbered as in the schema; one that is left out has its default.</summary>
internal readonly struct FlatTable
{
    private readonly FlatBytes _bytes;
    private readonly int _position;
    private readonly long _header;
    private readonly int _headerSize;

    public FlatTable(FlatBytes bytes, int position)
    {
        _bytes = bytes;
        _position = position;
        _header = position - bytes.Number(position, 4);
        _headerSize = (ushort)bytes.Number(_header, 2);
        bytes.Spend(16);
    }

    public bool Has(int slot) => Place(slot) > 0;

    public long Number(int slot, int size, long fallback = 0) => Place(slot) is > 0 and long place ? _bytes.Number(place, size) : fallback;

    public int Int32(int slot, int fallback = 0) => (int)Number(slot, 4, fallback);

    public long Int64(int slot) => Number(slot, 8);

    public bool Flag(int slot) => Number(slot, 1) != 0;

    public string? Text(int slot) => Place(slot) is > 0 and long place ? _bytes.Text(_bytes.Reference(place)) : null;

    public FlatTable Table(int slot) => Place(slot) is > 0 and long place
        ? new FlatTable(_bytes, _bytes.Reference(place))
        : throw Fault($"slot {slot} of a table is missing");

    public FlatVector Vector(int slot, int itemSize) => Place(slot) is > 0 and long place
        ? new FlatVector(_bytes, _bytes.Reference(place), itemSize)
        : default;

    /// <summary>Pairs of texts, where a slot holds a vector of them.</summary>
    public IReadOnlyDictionary<string, string> Pairs(int slot)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        FlatVector items = Vector(slot, 4);
        for (int i = 0; i < items.Count; i++)
        {
            FlatTable pair = items.Table(i);
            pairs[pair.Text(0) ?? ""] = pair.Text(1) ?? "";
        }

        return pairs;
    }

    public TableException Fault(string fault) => _bytes.Fault(_position, fault);

    /// <inheritdoc cref="FlatBytes.Unsupported"/>
    public TableException Unsupported(string what) => _bytes.Unsupported(_position, what);

    private long Place(int slot)
    {
        int entry = 4 + 2 * slot;
        if (entry + 2 > _headerSize) return 0;
        int offset = (ushort)_bytes.Number(_header + entry, 2);
        return offset == 0 ? 0 : (long)_position + offset;
    }
}

/// <summary>A vector of a flatbuffer; the default value is an empty one.</summary>
internal readonly struct FlatVector
{
    private readonly FlatBytes? _bytes;
    private readonly int _start;
    private readonly int _itemSize;

    public FlatVector(FlatBytes bytes, int position, int itemSize)
    {
        _bytes = bytes;
        _start = position + 4;
        _itemSize = itemSize;
        long count = (uint)bytes.Number(position, 4);
        if (count * itemSize > bytes.Length - _start) throw bytes.Fault(position, $"{count} items are announced but {bytes.Length - _start} bytes are left");
        Count = (int)count;
    }

    public int Count { get; }

    public FlatTable Table(int index) => new(Bytes, Bytes.Reference(_start + 4L * index));

    /// <summary>A 64-bit number of a struct.</summary>
    public long Word(int index, int word) => Bytes.Number(_start + (long)index * _itemSize + 8 * word, 8);

    private FlatBytes Bytes => _bytes ?? throw new InvalidOperationException("An empty vector has no items.");
}
