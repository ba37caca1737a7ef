using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Journals;

/// <summary>
/// Structured values as JSON. A numeric or boolean array of any rank carries its element type and shape beside the nested lists, so that it
/// comes back as the same array; everything else is what System.Text.Json makes of it, with NaN and infinities as strings and enums by
/// name.
/// </summary>
public static class DataForm
{
    internal const string NeedsReflection = "The types of users are read and written by reflection.";

    // Readers of JSON take 64 levels, of which a journal's line needs some itself.
    private const int MaxDepth = 60;

    private static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>How structured values are written and read.</summary>
    public static JsonSerializerOptions Options { get; } = UserTypes();

    // The options in a program without reflection: for what a journal holds.
    private static JsonSerializerOptions PlainTypes { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = MaxDepth,
        Converters = { new BigIntegerJson() },
        TypeInfoResolver = PlainTypesJson.Default,
    };

    /// <summary>A list or dictionary of <see cref="JsonObjects"/> as JSON.</summary>
    internal static JsonElement Plain(object value) => JsonSerializer.SerializeToElement(value, PlainTypes.GetTypeInfo(value.GetType()));

    /// <summary>JSON in the form of <see cref="Options"/>.</summary>
    internal static byte[] Utf8(JsonElement json)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Writing)) json.WriteTo(writer);
        return bytes.WrittenSpan.ToArray();
    }

    /// <param name="json">The value.</param>
    /// <param name="shape">The shape that was recorded with it: an array without elements has no other trace of it.</param>
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    internal static T? Decode<T>(JsonElement json, int[]? shape = null)
    {
        Type type = typeof(T);
        if (type.IsArray && type.GetArrayRank() > 1 && type.GetArrayRank() == shape?.Length && shape.Contains(0))
            return (T)(object)Array.CreateInstance(type.GetElementType()!, shape);
        return json.Deserialize<T>(Options);
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "What uses these options is marked as needing reflection.")]
    private static JsonSerializerOptions UserTypes() => new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        MaxDepth = MaxDepth,
        Converters = { new JsonStringEnumConverter(), new RectangularArrays(), new BigIntegerJson() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(RecordedDictionary))]
[JsonSerializable(typeof(OrderedDictionary<string, object>))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(BigInteger))]
internal sealed partial class PlainTypesJson : JsonSerializerContext;

/// <summary>Whole numbers of any size as JSON numbers; the framework would write their properties.</summary>
internal sealed class BigIntegerJson : JsonConverter<BigInteger>
{
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? BigInteger.Parse(Encoding.ASCII.GetString(reader.ValueSpan), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : throw new JsonException($"A whole number was expected and not a {reader.TokenType}.");

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Rectangular arrays as nested lists, at any place in a value; the serializer knows arrays of one dimension only.</summary>
internal sealed class RectangularArrays : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsArray && typeToConvert.GetArrayRank() > 1;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = DataForm.NeedsReflection)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = DataForm.NeedsReflection)]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<,>).MakeGenericType(typeToConvert, typeToConvert.GetElementType()!))!;

    [RequiresUnreferencedCode(DataForm.NeedsReflection)]
    [RequiresDynamicCode(DataForm.NeedsReflection)]
    private sealed class Converter<TArray, TElement> : JsonConverter<TArray> where TArray : class
    {
        public override void Write(Utf8JsonWriter writer, TArray value, JsonSerializerOptions options)
        {
            var array = (Array)(object)value;
            Write(writer, array, new int[array.Rank], 0, options);
        }

        public override TArray Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            int[] shape = Shape(document.RootElement, typeToConvert.GetArrayRank());
            var array = Array.CreateInstance(typeof(TElement), shape);
            Fill(array, document.RootElement, new int[shape.Length], 0, options);
            return (TArray)(object)array;
        }

        private static void Write(Utf8JsonWriter writer, Array array, int[] at, int axis, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            for (int i = 0; i < array.GetLength(axis); i++)
            {
                at[axis] = i;
                if (axis == array.Rank - 1) JsonSerializer.Serialize(writer, (TElement)array.GetValue(at)!, options);
                else Write(writer, array, at, axis + 1, options);
            }

            writer.WriteEndArray();
        }

        private static int[] Shape(JsonElement json, int rank)
        {
            int[] shape = new int[rank];
            JsonElement level = json;
            for (int axis = 0; axis < rank; axis++)
            {
                shape[axis] = Length(level, null);
                if (shape[axis] == 0) break;
                level = level[0];
            }

            return shape;
        }

        private static void Fill(Array array, JsonElement json, int[] at, int axis, JsonSerializerOptions options)
        {
            Length(json, array.GetLength(axis));
            int i = 0;
            foreach (JsonElement item in json.EnumerateArray())
            {
                at[axis] = i++;
                if (axis == array.Rank - 1) array.SetValue(item.Deserialize<TElement>(options), at);
                else Fill(array, item, at, axis + 1, options);
            }
        }

        private static int Length(JsonElement json, int? expected)
        {
            if (json.ValueKind != JsonValueKind.Array || (expected is { } length && json.GetArrayLength() != length))
                throw new JsonException(
                    $"expected nested lists, all of a level of the same length, for {FullTypeName.Of(typeof(TArray))}.");
            return json.GetArrayLength();
        }
    }
}
