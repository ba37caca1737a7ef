using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>The fields of objects that may hold objects, by dotted names.</summary>
internal sealed class NestedFields(FieldSet fields)
{
    private readonly BytePool _names = new();
    private readonly List<int> _objects = [];
    private byte[] _prefix = new byte[64];

    public FieldSet Fields => fields;

    /// <summary>The members of an object and of the objects in it; nothing for any other value.</summary>
    public void Read(int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        fields.Begin(row);
        _objects.Clear();
        if (!JsonMembers.TryBegin(ref reader)) return;
        int start = (int)reader.TokenStartIndex;
        if (Members(row, line, ref reader, 0)) return;
        fields.Begin(row);
        using JsonDocument document = JsonDocument.Parse(line[start..(int)reader.BytesConsumed].ToArray());
        foreach ((string name, JsonElement value) in Flatten(document.RootElement, "", []))
        {
            byte[] json = Encoding.UTF8.GetBytes(value.GetRawText());
            var cell = new Utf8JsonReader(json);
            cell.Read();
            CellReader.Value(fields[Encoding.UTF8.GetBytes(name)], row, json, ref cell);
        }
    }

    // Slower, and right for names that an object has twice, of which the last counts in the place of the first.
    private static OrderedDictionary<string, JsonElement> Flatten(
        JsonElement json, string prefix, OrderedDictionary<string, JsonElement> flat)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject()) members[JsonObjects.Name(property)] = property.Value;
        foreach ((string name, JsonElement value) in members)
        {
            string full = JsonObjects.Dotted(prefix, name);
            if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any()) Flatten(value, full, flat);
            else flat[full] = value;
        }

        return flat;
    }

    /// <returns>
    /// False when names are written with escapes, have dots of their own, or are there twice, so that the object must be read as a whole.
    /// </returns>
    private bool Members(int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader, int prefix)
    {
        bool isPlain = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A dot in a name is not one between names.
            isPlain &= !reader.ValueIsEscaped && reader.ValueSpan.IndexOf((byte)'.') < 0;
            ReadOnlySpan<byte> name = prefix == 0 ? reader.ValueSpan : Prefixed(prefix, reader.ValueSpan);
            reader.Read();
            bool isObject = reader.TokenType == JsonTokenType.StartObject;
            isPlain &= isObject ? Object(row, line, name, ref reader) : Leaf(row, line, name, ref reader);
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

    // The name may be in the buffer already.
    private int Extend(ReadOnlySpan<byte> name)
    {
        byte[] prefix = _prefix.Length > name.Length ? _prefix : new byte[(name.Length + 1) * 2];
        name.CopyTo(prefix);
        prefix[name.Length] = (byte)'.';
        _prefix = prefix;
        return name.Length + 1;
    }

    private ReadOnlySpan<byte> Prefixed(int prefix, ReadOnlySpan<byte> name)
    {
        if (_prefix.Length < prefix + name.Length + 1) Array.Resize(ref _prefix, 2 * (prefix + name.Length));
        name.CopyTo(_prefix.AsSpan(prefix));
        return _prefix.AsSpan(0, prefix + name.Length);
    }
}
