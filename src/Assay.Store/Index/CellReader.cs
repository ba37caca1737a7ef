using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>Puts the JSON value that a reader is at into a column.</summary>
internal static class CellReader
{
    public static void Value(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: field.Set(row, CellKind.Null); break;
            case JsonTokenType.False: field.Set(row, CellKind.False); break;
            case JsonTokenType.True: field.Set(row, CellKind.True); break;
            case JsonTokenType.Number: Number(field, row, ref reader); break;
            case JsonTokenType.String when !reader.ValueIsEscaped: Plain(field, row, reader.ValueSpan); break;
            case JsonTokenType.String: Text(field, row, line.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2)); break;
            default: Nested(field, row, line, ref reader); break;
        }
    }

    /// <summary>A text with escapes, given with its quotes; text that UTF-8 cannot hold stays JSON.</summary>
    public static void Text(FieldBuffer field, int row, ReadOnlySpan<byte> quoted)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(quoted.Length);
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            Plain(field, row, scratch.AsSpan(0, reader.CopyString(scratch)));
        }
        catch (InvalidOperationException)
        {
            field.SetJson(row, quoted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>A text; nothing for any other value.</summary>
    public static void TextOrNothing(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        field.Clear(row);
        if (reader.TokenType == JsonTokenType.String) Value(field, row, line, ref reader);
        else reader.Skip();
    }

    /// <summary>A list of tags, as JSON; nothing for an empty list and for any other value.</summary>
    public static void Tags(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        field.Clear(row);
        int start = (int)reader.TokenStartIndex;
        bool isList = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        ReadOnlySpan<byte> json = line[start..(int)reader.BytesConsumed];
        if (isList && !json[1..].Trim(" \t\r\n"u8).StartsWith("]"u8)) field.SetJson(row, json);
    }

    /// <summary>The members of an object, each a field; nothing for any other value.</summary>
    public static void Members(FieldSet fields, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        fields.Begin(row);
        if (!JsonMembers.TryBegin(ref reader)) return;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name)) Value(fields[name], row, line, ref reader);
    }

    /// <summary>A whole number of 64 bits; null for any other value, which is skipped.</summary>
    public static long? Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)) return number;
        reader.Skip();
        return null;
    }

    /// <summary>As <see cref="JsonObjects.Number"/>: a number with a point or an exponent is real, also 1.0.</summary>
    private static void Number(FieldBuffer field, int row, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        if (digits.IndexOfAny(".eE"u8) < 0)
        {
            if (reader.TryGetInt64(out long integer)) field.Set(row, CellKind.Integer, integer);
            else field.SetJson(row, digits);
        }
        else if (JsonObjects.IsBeyondDouble(digits)) field.SetJson(row, digits);
        else field.SetReal(row, reader.GetDouble());
    }

    // Texts stand for the numbers that JSON lacks.
    private static void Plain(FieldBuffer field, int row, ReadOnlySpan<byte> text)
    {
        if (field.Key.Place == FieldPlace.Fixed) field.SetText(row, text);
        else if (text.SequenceEqual("NaN"u8)) field.SetReal(row, double.NaN);
        else if (text.SequenceEqual("Infinity"u8)) field.SetReal(row, double.PositiveInfinity);
        else if (text.SequenceEqual("-Infinity"u8)) field.SetReal(row, double.NegativeInfinity);
        else field.SetText(row, text);
    }

    private static void Nested(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        field.SetJson(row, line[start..(int)reader.BytesConsumed]);
    }
}

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
