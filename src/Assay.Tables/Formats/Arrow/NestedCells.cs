using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay.Tables.Arrow;

/// <summary>Writes the values of a part of a nested field as JSON, each by its place in its array.</summary>
internal abstract class NestedCells(Validity? validity)
{
    public static NestedCells Of(ArrowArray array)
    {
        if (array.Dictionary is not null || !array.Field.Type.IsNested) return new LeafCells(ArrayDecoder.Decode(array.Field, [array], array.Length));
        NestedCells[] children = Array.ConvertAll(array.Children, Of);
        return array.Field.Type.Kind == ArrowKind.Struct ? new StructCells(array, children) : new ListCells(array, children[0]);
    }

    public void Write(Utf8JsonWriter writer, int index)
    {
        if (validity is not null && !validity[index]) writer.WriteNullValue();
        else WriteValue(writer, index);
    }

    protected abstract void WriteValue(Utf8JsonWriter writer, int index);
}

/// <summary>Plain values in the form that the JSON formats give them.</summary>
internal sealed class LeafCells(Column column) : NestedCells(column.Validity)
{
    protected override void WriteValue(Utf8JsonWriter writer, int index)
    {
        switch (column.Type)
        {
            case ColumnType.Boolean: writer.WriteBooleanValue(column.AsBooleans()[index]); break;
            case ColumnType.Int64: writer.WriteNumberValue(column.AsInt64s()[index]); break;
            case ColumnType.Double when double.IsFinite(column.AsDoubles()[index]): writer.WriteRawValue(Digits(ValueText.Of(column, index))); break;
            case ColumnType.Json: writer.WriteRawValue(column.AsStrings()[index]!, skipInputValidation: true); break;
            default: writer.WriteStringValue(ValueText.Of(column, index)); break;
        }
    }

    // A whole double keeps a point, so that it stays one.
    private static string Digits(string number) => number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number;
}

/// <summary>Objects, a member for each child.</summary>
internal sealed class StructCells : NestedCells
{
    private readonly NestedCells[] _children;
    private readonly JsonEncodedText[] _names;

    public StructCells(ArrowArray array, NestedCells[] children)
        : base(array.Validity)
    {
        var names = new UniqueNames();
        _children = children;
        _names = [.. array.Field.Children.Select((child, i) => JsonEncodedText.Encode(names.Add(child.Name, i), JsonText.Writing.Encoder))];
    }

    protected override void WriteValue(Utf8JsonWriter writer, int index)
    {
        writer.WriteStartObject();
        for (int i = 0; i < _children.Length; i++)
        {
            writer.WritePropertyName(_names[i]);
            _children[i].Write(writer, index);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Arrays of what lies between one offset and the next, or of a fixed number of items.</summary>
internal sealed class ListCells : NestedCells
{
    private readonly int _size;
    private readonly long[] _offsets = [];
    private readonly NestedCells _items;

    public ListCells(ArrowArray array, NestedCells items)
        : base(array.Validity)
    {
        _size = array.Field.Type.ListSize;
        _items = items;
        if (array.Field.Type.Kind == ArrowKind.FixedList || array.Length == 0) return;
        ReadOnlySpan<byte> bytes = array.Buffers[1].Span;
        _offsets = array.Type.IsLarge
            ? MemoryMarshal.Cast<byte, long>(bytes)[..(array.Length + 1)].ToArray()
            : Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes)[..(array.Length + 1)].ToArray(), offset => (long)offset);
        for (int i = 0; i < array.Length; i++)
            if (_offsets[i] < 0 || _offsets[i + 1] < _offsets[i] || _offsets[i + 1] > array.Children[0].Length)
                throw array.Fault(array.Offset, $"list {i} holds the items {_offsets[i]} to {_offsets[i + 1]} of {array.Children[0].Length}");
    }

    protected override void WriteValue(Utf8JsonWriter writer, int index)
    {
        long start = _offsets.Length > 0 ? _offsets[index] : (long)index * _size;
        long end = _offsets.Length > 0 ? _offsets[index + 1] : start + _size;
        writer.WriteStartArray();
        for (long i = start; i < end; i++) _items.Write(writer, (int)i);
        writer.WriteEndArray();
    }
}
