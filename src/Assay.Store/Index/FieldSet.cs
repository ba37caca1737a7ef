using System.Text;

namespace Assay;

/// <summary>The fields of one place that lines have named, found by the bytes of their names. Not thread-safe.</summary>
internal sealed class FieldSet(FieldPlace place)
{
    private readonly BytePool _names = new();
    private readonly List<FieldBuffer> _fields = [];
    private int _expected;

    public IReadOnlyList<FieldBuffer> Fields => _fields;

    public FieldBuffer this[ReadOnlySpan<byte> name]
    {
        get
        {
            // Lines of one experiment name the same fields in the same order.
            if (_expected < _fields.Count && _names[_expected].SequenceEqual(name)) return _fields[_expected++];
            int number = _names.Add(name);
            if (number == _fields.Count) _fields.Add(new FieldBuffer(new FieldKey(place, Encoding.UTF8.GetString(name))));
            _expected = number + 1;
            return _fields[number];
        }
    }

    public bool Has(ReadOnlySpan<byte> name, int row) => _names.IndexOf(name) is >= 0 and int number && _fields[number].KindOf(row) != CellKind.Absent;

    /// <summary>A new line begins.</summary>
    public void Rewind() => _expected = 0;

    public void Clear(int row)
    {
        foreach (FieldBuffer field in _fields) field.Clear(row);
    }
}
