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
    public static JsonSerializerOptions With(IJsonTypeInfoResolver types) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Encoder,
        TypeInfoResolver = types,
        Converters =
        {
            new WriteOnlyConverter<object>(WriteValue),
            new WriteOnlyConverter<double>((writer, real, _) => WriteReal(writer, real)),
            // As everywhere in answers: milliseconds.
            new WriteOnlyConverter<TimeSpan>((writer, duration, _) => WriteReal(writer, duration.TotalMilliseconds)),
            new WriteOnlyConverter<BigInteger>((writer, large, _) => writer.WriteRawValue(large.ToString(CultureInfo.InvariantCulture))),
            new WriteOnlyConverter<RecordedNumber>((writer, number, options) => WriteValue(writer, number.Value, options)),
        },
    };

    /// <summary>A recorded value on one line, with its type still visible: <c>1</c>, <c>1.0</c>, <c>"1"</c>.</summary>
    public static string Of(object? value) => JsonSerializer.Serialize(value, (JsonTypeInfo<object?>)Options.GetTypeInfo(typeof(object)));

    /// <summary>An answer, written as <see cref="With"/> says, over several lines or on one.</summary>
    public static string Of(Report report, JsonSerializerOptions options, bool indented = true) =>
        // What reverses the direction of text can be within strings only, where the escape means the same.
        Printable.Source(JsonSerializer.Serialize(report, (indented ? Indented(options) : options).GetTypeInfo(report.GetType())));

    private static JsonSerializerOptions Indented(JsonSerializerOptions options) =>
        options == Options ? IndentedOptions : new(options) { WriteIndented = true, NewLine = "\n" };

    // A real number stays recognisable as one: 1.0 and 1 are different parameters.
    private static void WriteReal(Utf8JsonWriter writer, double value) => writer.WriteRawValue(new JsonBuffer().Real(value).Written);

    // A recorded value by its type at run time.
    private static void WriteValue(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case double real: WriteReal(writer, real); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case long integer: writer.WriteNumberValue(integer); break;
            case int integer: writer.WriteNumberValue(integer); break;
            case ulong integer: writer.WriteNumberValue(integer); break;
            case decimal exact: writer.WriteNumberValue(exact); break;
            case BigInteger large: writer.WriteRawValue(large.ToString(CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: writer.WriteStringValue(time); break;
            case TimeSpan duration: WriteReal(writer, duration.TotalMilliseconds); break;
            case IReadOnlyDictionary<string, object?> named:
                writer.WriteStartObject();
                foreach ((string name, object? member) in named)
                {
                    writer.WritePropertyName(name);
                    WriteValue(writer, member, options);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? element in list) WriteValue(writer, element, options);
                writer.WriteEndArray();
                break;
            default: JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType())); break;
        }
    }

    private sealed class WriteOnlyConverter<T>(Action<Utf8JsonWriter, T, JsonSerializerOptions> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Answers are only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value, options);
    }
}
