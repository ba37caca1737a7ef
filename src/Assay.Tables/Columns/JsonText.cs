using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Tables;

/// <summary>Nested values as compact JSON text: enums by name, NaN and infinities as strings, characters as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions SerializerOptions { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>For values read as types of the user, once <see cref="NestedMembers"/> has found their names.</summary>
    public static JsonSerializerOptions ReadingOptions { get; } = new(SerializerOptions)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectRequiredConstructorParameters = true,
        MaxDepth = 512,
    };

    /// <summary>Without spaces, and with characters as they are.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Reading);
        return document.RootElement.Clone();
    }

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), SerializerOptions);

    public static string Compact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing)) element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Compact(string text)
    {
        using var document = JsonDocument.Parse(text, Reading);
        return Compact(document.RootElement);
    }
}
