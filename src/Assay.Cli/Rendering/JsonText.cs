using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Assay.Cli;

/// <summary>Reports as JSON: snake_case names, NaN and infinities as strings, real numbers with a point.</summary>
internal static class JsonText
{
    /// <summary>Escapes no more than JSON needs.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Encoder,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new RealConverter(), new DurationConverter(), new BigIntegerJson(), new RecordedNumber.Converter() },
    };

    /// <summary>As all reports are written, on one line.</summary>
    public static JsonSerializerOptions Options { get; } = new(Indented) { WriteIndented = false };

    public static void Write<TReport>(TReport report, TextWriter output) => output.Write(JsonSerializer.Serialize(report, Indented) + "\n");

    /// <summary>A value on one line, with its type still visible: <c>1</c>, <c>1.0</c>, <c>"1"</c>.</summary>
    public static string Of(object? value) => JsonSerializer.Serialize(value, Options);

    /// <summary>A report as JSON that can still be changed.</summary>
    public static JsonNode Node(Report report) => JsonSerializer.SerializeToNode(report, report.GetType(), Options)!;

    // A real number stays recognisable as one: 1.0 and 1 are different parameters.
    private sealed class RealConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Reports are only written.");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(new JsonBuffer().Real(value).Written);
    }

    // As everywhere in answers: milliseconds.
    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Reports are only written.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteRawValue(new JsonBuffer().Real(value.TotalMilliseconds).Written);
    }
}
