using System.Text;
using System.Text.Unicode;

namespace Assay.Tables.Avro;

/// <summary>Decodes the values of a file. Whatever it is made to hold stays in proportion to the bytes it is given.</summary>
internal sealed class AvroDecoder : IDisposable
{
    private const int DeepestNesting = 64;
    private const long FreeValues = 1 << 22, JsonPerByte = 256, JsonAtLeast = 16 << 20;

    private readonly AvroJson _json = new();
    private long _values = FreeValues;
    private long _jsonSize = JsonAtLeast;

    /// <summary>Says that so many bytes are about to be decoded.</summary>
    public void Expect(int bytes)
    {
        _values += bytes;
        _jsonSize += bytes * JsonPerByte;
    }

    /// <summary>Reads one value into its column; nested ones as JSON.</summary>
    public void Read(ref ByteReader reader, AvroColumn column) => Read(ref reader, column.Type, column, depth: 0);

    public void Dispose() => _json.Dispose();

    private void Read(ref ByteReader reader, AvroType type, IAvroSink sink, int depth)
    {
        if (type.Kind == AvroKind.Union)
        {
            long branch = reader.Zigzag();
            if (branch < 0 || branch >= type.Branches.Length) throw reader.Fault($"a value is of branch {branch} of a union of {type.Branches.Length}");
            Read(ref reader, type.Branches[branch], sink, Deeper(ref reader, depth));
        }
        else if (type.Kind is AvroKind.Array or AvroKind.Map or AvroKind.Record)
        {
            ReadNested(ref reader, type, Deeper(ref reader, depth));
            if (sink is not AvroColumn column) return;
            _jsonSize -= _json.Size;
            column.Nested(_json.Finish());
        }
        else ReadScalar(ref reader, type, sink);
    }

    private void ReadNested(ref ByteReader reader, AvroType type, int depth)
    {
        if (type.Kind == AvroKind.Array)
        {
            _json.StartArray();
            ReadItems(ref reader, type, depth);
            _json.EndArray();
            return;
        }

        _json.StartObject();
        if (type.Kind == AvroKind.Map) ReadItems(ref reader, type, depth);
        else ReadFields(ref reader, type, depth);
        _json.EndObject();
    }

    private void ReadFields(ref ByteReader reader, AvroType record, int depth)
    {
        if (record.Fields.Length == 0) CountFree(ref reader);
        foreach (AvroField field in record.Fields)
        {
            _json.Name(field.AssayName ?? field.Name);
            Read(ref reader, field.Type, _json, depth);
            CheckSize(ref reader);
        }
    }

    /// <summary>Arrays and maps come in blocks of a count, where negative followed by a size in bytes; a block of none ends them.</summary>
    private void ReadItems(ref ByteReader reader, AvroType type, int depth)
    {
        for (long count; (count = reader.Zigzag()) != 0;)
        {
            if (count < 0) reader.Zigzag();
            for (ulong left = (ulong)Int128.Abs(count); left > 0; left--)
            {
                if (type.Kind == AvroKind.Map) _json.Name(Text(ref reader));
                Read(ref reader, type.Item!, _json, depth);
                CheckSize(ref reader);
            }
        }
    }

    private void ReadScalar(ref ByteReader reader, AvroType type, IAvroSink sink)
    {
        switch (type.Kind)
        {
            case AvroKind.Null:
                CountFree(ref reader);
                sink.Null();
                break;
            case AvroKind.Boolean: sink.Flag(Boolean(ref reader)); break;
            case AvroKind.Int or AvroKind.Long: AvroMeanings.Whole(type, Whole(ref reader, type), sink); break;
            case AvroKind.Float: sink.Number(BitConverter.Int32BitsToSingle(reader.Int32())); break;
            case AvroKind.Double: sink.Number(BitConverter.Int64BitsToDouble(reader.Int64())); break;
            case AvroKind.String: sink.Text(Text(ref reader)); break;
            case AvroKind.Bytes: AvroMeanings.Bytes(type, reader.Take(reader.Zigzag()), sink); break;
            case AvroKind.Fixed:
                if (type.Size == 0) CountFree(ref reader);
                AvroMeanings.Bytes(type, reader.Take(type.Size), sink);
                break;
            default:
                long symbol = reader.Zigzag();
                if (symbol < 0 || symbol >= type.Symbols.Length) throw reader.Fault($"a value is number {symbol} of an enum of {type.Symbols.Length}");
                sink.Text(type.Symbols[symbol]);
                break;
        }
    }

    private static bool Boolean(ref ByteReader reader) => reader.Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw reader.Fault($"a boolean is 0 or 1, not {other}"),
    };

    private static long Whole(ref ByteReader reader, AvroType type)
    {
        long value = reader.Zigzag();
        return type.Kind == AvroKind.Long || value == (int)value ? value : throw reader.Fault($"{value} is no whole number of 32 bits");
    }

    private static string Text(ref ByteReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.Take(reader.Zigzag());
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw reader.Fault("a text is not UTF-8");
    }

    private static int Deeper(ref ByteReader reader, int depth) => depth < DeepestNesting ? depth + 1 : throw reader.Fault($"values are nested more than {DeepestNesting} deep");

    /// <summary>Values without bytes can be announced in any number, so only so many are believed.</summary>
    private void CountFree(ref ByteReader reader)
    {
        if (--_values < 0) throw reader.Fault($"more than {FreeValues} values take no space at all");
    }

    /// <summary>A byte can stand for a long name, and the names for more memory than there is.</summary>
    private void CheckSize(ref ByteReader reader)
    {
        if (_json.Size > _jsonSize) throw reader.Fault($"nested values take more than {JsonPerByte} times their space as JSON");
    }
}
