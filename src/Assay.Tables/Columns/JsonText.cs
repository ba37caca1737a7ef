using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Tables;

/// <summary>Nested values as compact JSON text: enums by name, NaN and infinities as strings, characters as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions SerializerOptions { get; } = Options();

    /// <summary>For values read as types of the user, once <see cref="NestedMembers"/> has found their names.</summary>
    public static JsonSerializerOptions ReadingOptions { get; } = new(SerializerOptions)
    {
        TypeInfoResolver = Reflection(),
        RespectRequiredConstructorParameters = true,
        MaxDepth = 512,
    };

    /// <summary>Without spaces, and with characters as they are.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Why values of any type may be given to the serializer in a program that may be trimmed.</summary>
    public const string WhenTrimmed =
        "In a trimmed program the serializer has no reflection: it refuses such values, and the message says so.";

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Reading);
        return document.RootElement.Clone();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = WhenTrimmed)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = WhenTrimmed)]
    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), SerializerOptions);

    /// <summary>Reads the members of types by reflection; of none where the serializer has no reflection.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = WhenTrimmed)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = WhenTrimmed)]
    public static IJsonTypeInfoResolver Reflection(Action<JsonTypeInfo>? modifier = null)
    {
        if (!JsonSerializer.IsReflectionEnabledByDefault) return JsonTypeInfoResolver.Combine();
        var resolver = new DefaultJsonTypeInfoResolver();
        if (modifier is not null) resolver.Modifiers.Add(modifier);
        return resolver;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = WhenTrimmed)]
    private static JsonSerializerOptions Options() => new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

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

/// <summary>
/// Nested objects as JSON. What has no JSON is refused with the place in it that has none, for another value in its stead would pass for
/// the real one.
/// </summary>
internal static class NestedValues
{
    // A cycle runs through its path until the deepest level.
    private const int LongestPath = 80;

    // Slower than the usual options, so they serve only to find out which property it was.
    private static readonly JsonSerializerOptions Naming = new(JsonText.SerializerOptions)
    {
        TypeInfoResolver = JsonText.Reflection(NameFaults),
    };

    public static JsonElement Element(object value, string column)
    {
        try
        {
            return JsonText.Element(value);
        }
        catch (Exception fault)
        {
            string problem = $"a value of type {value.GetType().Name} cannot be written as JSON: {Reason(value, fault)}";
            throw new TableException($"Column '{column}': {problem}; leave that part out, or give its text instead.", fault);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = JsonText.WhenTrimmed)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = JsonText.WhenTrimmed)]
    private static string Reason(object value, Exception fault)
    {
        try
        {
            JsonSerializer.SerializeToElement(value, value.GetType(), Naming);
        }
        catch (TableException named)
        {
            return named.Message;
        }
        catch (Exception)
        {
            // No property threw; the first fault says what it was.
        }

        if (fault is not JsonException { Path: { } path }) return fault.Message;
        string place = path.Length <= LongestPath ? path : path[..LongestPath] + "…";
        return $"it refers back to itself, or is nested more than {DeepestNesting} levels deep, at {place}";
    }

    private static int DeepestNesting => JsonText.SerializerOptions.MaxDepth is var depth and > 0 ? depth : 64;

    private static void NameFaults(JsonTypeInfo info)
    {
        foreach (JsonPropertyInfo property in info.Properties)
        {
            if (property.Get is not { } get) continue;
            property.Get = target =>
            {
                try
                {
                    return get(target);
                }
                catch (Exception fault)
                {
                    string thrown = $"{fault.GetType().Name} ({fault.Message})";
                    throw new TableException($"the property '{property.Name}' of {info.Type.Name} threw {thrown}", fault);
                }
            };
        }
    }
}
