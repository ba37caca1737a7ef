using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Tables;

namespace Assay.Avro;

/// <summary>Decodes the values of a file: scalars as what they mean, nested values as JSON.</summary>
internal sealed class AvroDecoder : IDisposable
{
    private const int DeepestNesting = 64;
    private const long FreeValues = 1 << 22;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private AvroInput _input = new(new MemoryStream());
    private long _freeValues;

    // Members of a map may repeat a name, which validation would take for an error of the program.
    public AvroDecoder() =>
        _json = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void Begin(MemoryStream content) => _input = new AvroInput(content);

    public object? Read(AvroType type)
    {
        type = Resolve(type);
        if (!type.IsNested) return Scalar(type);
        WriteNested(type, depth: 0);
        _json.Flush();
        var reader = new Utf8JsonReader(_buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 512 });
        JsonElement value = JsonElement.ParseValue(ref reader);
        _buffer.ResetWrittenCount();
        _json.Reset();
        return value;
    }

    /// <summary>Counts a value that takes no space: such values can be announced in any number.</summary>
    public void CountFree()
    {
        if (++_freeValues > FreeValues) throw new InvalidDataException($"more than {FreeValues} values take no space at all");
    }

    public void Dispose() => _json.Dispose();

    /// <summary>The branch that a value of a union has.</summary>
    private AvroType Resolve(AvroType type)
    {
        while (type.Kind == AvroKind.Union)
        {
            long branch = _input.Decoder.ReadLong();
            if (branch < 0 || branch >= type.Parts.Length)
                throw new InvalidDataException($"a value is of branch {branch} of a union of {type.Parts.Length}");
            type = type.Parts[branch];
        }

        return type;
    }

    private object? Scalar(AvroType type)
    {
        switch (type.Kind)
        {
            case AvroKind.Null: CountFree(); return null;
            case AvroKind.Boolean: return _input.Decoder.ReadBoolean();
            case AvroKind.Float: return (double)_input.Decoder.ReadFloat();
            case AvroKind.Double: return _input.Decoder.ReadDouble();
            case AvroKind.Long: return Whole(type, _input.Decoder.ReadLong());
            case AvroKind.Int:
                long value = _input.Decoder.ReadLong();
                return value == (int)value ? Whole(type, value) : throw new InvalidDataException($"{value} is no whole number of 32 bits");
            case AvroKind.String: return Text();
            case AvroKind.Bytes: return Bytes(type, _input.Bytes());
            case AvroKind.Fixed: return Bytes(type, Fixed(type.Size));
            case AvroKind.Enum:
                long symbol = _input.Decoder.ReadLong();
                return symbol >= 0 && symbol < type.Names.Length
                    ? type.Names[symbol]
                    : throw new InvalidDataException($"a value is number {symbol} of an enum of {type.Names.Length}");
            default: throw new NotSupportedException($"values of type {type.Kind} are not supported");
        }
    }

    private string Text()
    {
        byte[] bytes = _input.Bytes();
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new InvalidDataException("a text is not UTF-8");
    }

    private byte[] Fixed(int size)
    {
        if (size == 0) CountFree();
        return _input.Fixed(size);
    }

    /// <summary>What a whole number means; what .NET cannot express stays the number it is.</summary>
    private static object Whole(AvroType type, long value) => type.Meaning switch
    {
        AvroMeaning.Date when TimeUnits.ToTimestamp(TimeUnits.DaysToTicks(value)) is { } date => date,
        AvroMeaning.Timestamp when TimeUnits.ToTimestamp(TimeUnits.ToTicks(value, type.UnitsPerSecond)) is { } time => time,
        AvroMeaning.Duration when TimeUnits.ToTicks(value, type.UnitsPerSecond) is { } ticks => new TimeSpan(ticks),
        _ => value,
    };

    private static object Bytes(AvroType type, byte[] bytes) => type.Meaning switch
    {
        AvroMeaning.Decimal when bytes.Length > 0 && BinaryText.Decimal(bytes, type.Scale) is { } digits => BinaryText.Number(digits),
        AvroMeaning.Uuid => new Guid(bytes, bigEndian: true).ToString(),
        AvroMeaning.Period => Period(bytes),
        _ => BinaryText.Of(bytes),
    };

    /// <summary>Months have no fixed length, so a period of months is text in the form of ISO 8601.</summary>
    private static object Period(ReadOnlySpan<byte> bytes)
    {
        uint months = BinaryPrimitives.ReadUInt32LittleEndian(bytes), days = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        uint millis = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        const uint MostDays = 10_000_000;
        return months == 0 && days <= MostDays
            ? new TimeSpan((days * TimeSpan.TicksPerDay) + (millis * TimeSpan.TicksPerMillisecond))
            : string.Create(CultureInfo.InvariantCulture, $"P{months}M{days}DT{millis / 1000}.{millis % 1000:000}S");
    }

    private void WriteNested(AvroType type, int depth)
    {
        if (depth > DeepestNesting) throw new InvalidDataException($"values are nested more than {DeepestNesting} deep");
        bool isList = type.Kind == AvroKind.Array;
        if (isList) _json.WriteStartArray();
        else _json.WriteStartObject();
        if (type.Kind == AvroKind.Record && type.Parts.Length == 0) CountFree();
        if (type.Kind == AvroKind.Record)
            for (int i = 0; i < type.Parts.Length; i++)
            {
                _json.WritePropertyName(type.Names[i]);
                WriteValue(type.Parts[i], depth);
            }
        else
            for (long count; (count = _input.Count()) != 0;)
                for (; count > 0; count--)
                {
                    if (!isList) _json.WritePropertyName(Text());
                    WriteValue(type.Parts[0], depth);
                }

        if (isList) _json.WriteEndArray();
        else _json.WriteEndObject();
    }

    private void WriteValue(AvroType type, int depth)
    {
        type = Resolve(type);
        if (type.IsNested)
        {
            WriteNested(type, depth + 1);
            return;
        }

        switch (Scalar(type))
        {
            case null: _json.WriteNullValue(); break;
            case bool flag: _json.WriteBooleanValue(flag); break;
            case long number: _json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): _json.WriteNumberValue(number); break;
            case decimal number: _json.WriteNumberValue(number); break;
            case DateTimeOffset time:
                _json.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
                break;
            // Text, a duration, or a number that JSON lacks.
            case var other: _json.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture)); break;
        }
    }
}
