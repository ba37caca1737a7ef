using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>Lists, structs and maps as JSON: arrays, objects, and arrays of objects of a key and a value.</summary>
internal static class ArrowNested
{
    public static Column Decode(ArrowParts parts)
    {
        var texts = new string?[parts.Count];
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonText.Writing);
        int at = 0;
        foreach (ArrayData array in parts.Arrays)
        {
            Action<int> write = Writer(json, parts.With(parts.Type, [array]));
            for (int i = 0; i < array.Length; i++, at++)
            {
                if (parts.Validity is { } validity && !validity[at]) continue;
                buffer.ResetWrittenCount();
                json.Reset();
                write(i);
                json.Flush();
                texts[at] = Encoding.UTF8.GetString(buffer.WrittenSpan);
            }
        }

        return new TypedColumn<string?>(parts.Name, ColumnType.Json, texts, parts.Validity);
    }

    /// <summary>Writes a value of an array by its place.</summary>
    private static Action<int> Writer(Utf8JsonWriter json, ArrowParts parts)
    {
        ArrayData array = parts.Arrays[0];
        Action<int> write = parts.Type switch
        {
            StructType type => Struct(json, type, array),
            FixedSizeListType type => List(json, array, type.Fields[0], i => (long)i * type.ListSize, i => (i + 1L) * type.ListSize),
            LargeListType type => List(json, array, type.Fields[0], Offsets<long>(array, offset => offset)),
            ListType or MapType => List(json, array, ((NestedType)parts.Type).Fields[0], Offsets<int>(array, offset => offset)),
            _ => Leaf(json, ArrowDecoder.Decode(parts)),
        };
        return i =>
        {
            if (parts.Validity is { } validity && !validity[i]) json.WriteNullValue();
            else write(i);
        };
    }

    private static Action<int> Child(Utf8JsonWriter json, ArrayData array, Field field, int place) =>
        Writer(json, new ArrowParts(field, field.DataType, [array.Children[place]]));

    private static Action<int> Struct(Utf8JsonWriter json, StructType type, ArrayData array)
    {
        var names = new UniqueNames();
        JsonEncodedText[] keys =
            [.. type.Fields.Select((field, i) => JsonEncodedText.Encode(names.Add(field.Name, i), JsonText.Writing.Encoder))];
        Action<int>[] children = [.. type.Fields.Select((field, i) => Child(json, array, field, i))];
        return i =>
        {
            json.WriteStartObject();
            for (int child = 0; child < keys.Length; child++)
            {
                json.WritePropertyName(keys[child]);
                children[child](i);
            }

            json.WriteEndObject();
        };
    }

    private static Action<int> List(Utf8JsonWriter json, ArrayData array, Field field, long[] offsets)
    {
        for (int i = 0; i < array.Length; i++)
            if (offsets[i] < 0 || offsets[i + 1] < offsets[i] || offsets[i + 1] > array.Children[0].Length)
                throw new InvalidDataException($"list {i} holds the items {offsets[i]} to {offsets[i + 1]} of {array.Children[0].Length}");
        return List(json, array, field, i => offsets[i], i => offsets[i + 1]);
    }

    private static Action<int> List(Utf8JsonWriter json, ArrayData array, Field field, Func<int, long> start, Func<int, long> end)
    {
        Action<int> write = Child(json, array, field, 0);
        return i =>
        {
            json.WriteStartArray();
            for (long item = start(i); item < end(i); item++) write((int)item);
            json.WriteEndArray();
        };
    }

    private static long[] Offsets<T>(ArrayData array, Func<T, long> widen) where T : unmanaged
    {
        if (array.Length == 0) return [];
        ReadOnlySpan<T> offsets = MemoryMarshal.Cast<byte, T>(array.Buffers[1].Span)[..(array.Length + 1)];
        var wide = new long[offsets.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = widen(offsets[i]);
        return wide;
    }

    /// <summary>Plain values in the form that the JSON formats give them.</summary>
    private static Action<int> Leaf(Utf8JsonWriter json, Column column) => i =>
    {
        if (column.IsNull(i))
        {
            json.WriteNullValue();
            return;
        }

        switch (column.Type)
        {
            case ColumnType.Boolean: json.WriteBooleanValue(column.AsBooleans()[i]); break;
            case ColumnType.Int64: json.WriteNumberValue(column.AsInt64s()[i]); break;
            case ColumnType.Double when double.IsFinite(column.AsDoubles()[i]): json.WriteRawValue(Digits(ValueText.Of(column, i))); break;
            case ColumnType.Json: json.WriteRawValue(column.AsStrings()[i]!, skipInputValidation: true); break;
            default: json.WriteStringValue(ValueText.Of(column, i)); break;
        }
    };

    // A whole double keeps a point, so that it stays one.
    private static string Digits(string number) => number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number;
}
