using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Tables.Avro;

/// <summary>Nested values as compact JSON text, in the form of <see cref="JsonText"/>.</summary>
internal sealed class AvroJson : IAvroSink, IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    // Members of a map may repeat a name, which validation would take for an error of ours.
    public AvroJson() => _json = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Bytes of the value so far.</summary>
    public long Size => _json.BytesCommitted + _json.BytesPending;

    public void StartObject() => _json.WriteStartObject();

    public void Name(string name) => _json.WritePropertyName(name);

    public void EndObject() => _json.WriteEndObject();

    public void StartArray() => _json.WriteStartArray();

    public void EndArray() => _json.WriteEndArray();

    public void Null() => _json.WriteNullValue();

    public void Flag(bool value) => _json.WriteBooleanValue(value);

    public void Whole(long value) => _json.WriteNumberValue(value);

    public void Number(double value)
    {
        if (double.IsFinite(value)) _json.WriteNumberValue(value);
        else _json.WriteStringValue(ValueText.Of(value));
    }

    public void Text(string value) => _json.WriteStringValue(value);

    public void Decimal(string digits) => _json.WriteRawValue(digits);

    public void Time(DateTimeOffset value) => _json.WriteStringValue(ValueText.Of(value));

    public void Span(TimeSpan value) => _json.WriteStringValue(ValueText.Of(value));

    /// <summary>The text of the value, after which another may begin.</summary>
    public string Finish()
    {
        _json.Flush();
        string text = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        _json.Reset();
        return text;
    }

    public void Dispose() => _json.Dispose();
}
