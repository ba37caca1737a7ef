namespace Assay.Tables.Parquet;

/// <summary>The number of each value of a chunk in its dictionary. Kept from one chunk to the next, so that its memory is taken once.</summary>
internal sealed class DictionaryCodes
{
    private int[] _codes = [];
    private int _count;

    public ReadOnlySpan<int> Values => _codes.AsSpan(0, _count);

    public int Count => _count;

    /// <summary>Entries of the dictionary.</summary>
    public int Distinct { get; set; }

    public void Clear(int capacity)
    {
        if (_codes.Length < capacity) _codes = new int[capacity];
        _count = 0;
        Distinct = 0;
    }

    public void Add(int code) => _codes[_count++] = code;
}
