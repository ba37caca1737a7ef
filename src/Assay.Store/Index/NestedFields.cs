using System.Text.Json;

namespace Assay;

/// <summary>The fields of objects that may hold objects, by dotted names.</summary>
internal sealed class NestedFields(FieldSet fields)
{
    private readonly BytePool _names = new();
    private readonly List<int> _objects = [];
    private byte[] _prefix = new byte[64];

    public FieldSet Fields => fields;

    public void Clear(int row) => fields.Clear(row);

    /// <returns>False when a name stands twice, so that only a full reading tells what counts.</returns>
    public bool Read(int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        fields.Rewind();
        _objects.Clear();
        if (reader.TokenType == JsonTokenType.StartObject) return Members(row, line, ref reader, 0);
        reader.Skip();
        return true;
    }

    private bool Members(int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader, int prefix)
    {
        bool isPlain = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A dot in a name is not one between names.
            isPlain &= !reader.ValueIsEscaped && reader.ValueSpan.IndexOf((byte)'.') < 0;
            ReadOnlySpan<byte> name = prefix == 0 ? reader.ValueSpan : Prefixed(prefix, reader.ValueSpan);
            reader.Read();
            isPlain &= reader.TokenType == JsonTokenType.StartObject ? Object(row, line, name, ref reader) : Leaf(row, line, name, ref reader);
        }

        return isPlain;
    }

    private bool Leaf(int row, ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        FieldBuffer field = fields[name];
        bool isNew = field.KindOf(row) == CellKind.Absent && (_objects.Count == 0 || !_objects.Contains(_names.IndexOf(name)));
        CellReader.Value(field, row, line, ref reader);
        return isNew;
    }

    private bool Object(int row, ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        Utf8JsonReader ahead = reader;
        ahead.Read();
        // An empty object is a value of its own.
        if (ahead.TokenType == JsonTokenType.EndObject) return Leaf(row, line, name, ref reader);
        int number = _names.Add(name);
        bool isNew = !_objects.Contains(number) && !fields.Has(name, row);
        _objects.Add(number);
        return Members(row, line, ref reader, Extend(name)) && isNew;
    }

    // The name may stand in the buffer already.
    private int Extend(ReadOnlySpan<byte> name)
    {
        Reserve(name.Length + 1, ref name);
        name.CopyTo(_prefix);
        _prefix[name.Length] = (byte)'.';
        return name.Length + 1;
    }

    private ReadOnlySpan<byte> Prefixed(int prefix, ReadOnlySpan<byte> name)
    {
        if (_prefix.Length < prefix + name.Length + 1) Array.Resize(ref _prefix, 2 * (prefix + name.Length));
        name.CopyTo(_prefix.AsSpan(prefix));
        return _prefix.AsSpan(0, prefix + name.Length);
    }

    private void Reserve(int length, ref ReadOnlySpan<byte> name)
    {
        if (_prefix.Length >= length) return;
        byte[] bigger = new byte[length * 2];
        name.CopyTo(bigger);
        name = bigger.AsSpan(0, name.Length);
        _prefix = bigger;
    }
}
