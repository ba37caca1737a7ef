using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Questions;

/// <summary>Answers as JSON: snake_case names, NaN and infinities as strings, real numbers with a point. Thread-safe.</summary>
public static class JsonText
{
    /// <summary>Escapes no more than JSON needs.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>How the answers of this assembly are written, on one line.</summary>
    internal static JsonSerializerOptions Options { get; } = With(QuestionJson.Default);

    /// <summary>How JSON that is at hand as nodes is written, on one line.</summary>
    public static JsonSerializerOptions Plain => Options;

    private static JsonSerializerOptions IndentedOptions { get; } = new(Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>How answers are written whose types another assembly declares.</summary>
    /// <param name="types">Their types.</param>
    public static JsonSerializerOptions With(IJsonTypeInfoResolver types) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Encoder,
        TypeInfoResolver = types,
        Converters = { new ValueConverter(), new RealConverter(), new DurationConverter(), new IntegerConverter(), new NumberConverter() },
    };

    /// <summary>A recorded value on one line, with its type still visible: <c>1</c>, <c>1.0</c>, <c>"1"</c>.</summary>
    /// <param name="value">The value, of any type that records have.</param>
    public static string Of(object? value) => JsonSerializer.Serialize(value, (JsonTypeInfo<object?>)Options.GetTypeInfo(typeof(object)));

    /// <summary>An answer.</summary>
    /// <param name="report">The answer.</param>
    /// <param name="options">How it is written, made by <see cref="With"/>.</param>
    /// <param name="indented">Whether it is indented, over several lines. Default: yes.</param>
    public static string Of(Report report, JsonSerializerOptions options, bool indented = true) =>
        JsonSerializer.Serialize(report, (indented ? Indented(options) : options).GetTypeInfo(report.GetType()));

    private static JsonSerializerOptions Indented(JsonSerializerOptions options) =>
        options == Options ? IndentedOptions : new(options) { WriteIndented = true, NewLine = "\n" };

    // A real number stays recognisable as one: 1.0 and 1 are different parameters.
    private static void Real(Utf8JsonWriter writer, double value) => writer.WriteRawValue(new JsonBuffer().Real(value).Written);

    private abstract class WriteOnlyConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Answers are only written.");
    }

    private sealed class RealConverter : WriteOnlyConverter<double>
    {
        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => Real(writer, value);
    }

    // As everywhere in answers: milliseconds.
    private sealed class DurationConverter : WriteOnlyConverter<TimeSpan>
    {
        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            Real(writer, value.TotalMilliseconds);
    }

    private sealed class IntegerConverter : WriteOnlyConverter<BigInteger>
    {
        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class NumberConverter : WriteOnlyConverter<RecordedNumber>
    {
        public override void Write(Utf8JsonWriter writer, RecordedNumber value, JsonSerializerOptions options) =>
            new ValueConverter().Write(writer, value.Value, options);
    }

    /// <summary>A recorded value by its type at run time.</summary>
    private sealed class ValueConverter : WriteOnlyConverter<object>
    {
        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case string text: writer.WriteStringValue(text); break;
                case double real: Real(writer, real); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                case long integer: writer.WriteNumberValue(integer); break;
                case int integer: writer.WriteNumberValue(integer); break;
                case ulong integer: writer.WriteNumberValue(integer); break;
                case decimal exact: writer.WriteNumberValue(exact); break;
                case BigInteger large: writer.WriteRawValue(large.ToString(CultureInfo.InvariantCulture)); break;
                case DateTimeOffset time: writer.WriteStringValue(time); break;
                case TimeSpan duration: Real(writer, duration.TotalMilliseconds); break;
                case IReadOnlyDictionary<string, object?> named: WriteNamed(writer, named, options); break;
                case IEnumerable list: WriteList(writer, list, options); break;
                default: JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType())); break;
            }
        }

        private void WriteNamed(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> named, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in named)
            {
                writer.WritePropertyName(name);
                WriteElement(writer, value, options);
            }

            writer.WriteEndObject();
        }

        private void WriteList(Utf8JsonWriter writer, IEnumerable list, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (object? element in list) WriteElement(writer, element, options);
            writer.WriteEndArray();
        }

        private void WriteElement(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
        {
            if (value is null) writer.WriteNullValue();
            else Write(writer, value, options);
        }
    }
}
