using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay;

/// <summary>
/// Structured values as JSON. A numeric or boolean array of any rank carries its element type and shape beside the nested lists, so that it
/// comes back as the same array; everything else is what System.Text.Json makes of it, with NaN and infinities as strings and enums by name.
/// </summary>
internal static class DataForm
{
    public static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        // Readers of JSON take 64 levels, of which a journal's line needs some itself.
        MaxDepth = 60,
        Converters = { new JsonStringEnumConverter(), new RectangularArrays(), new BigIntegerJson() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The JSON of the value, and dtype and shape for arrays.</returns>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble.</exception>
    public static (byte[] Json, string? Dtype, int[]? Shape) Encode(string name, object? value)
    {
        try
        {
            if (value is Array array && Dtype(array.GetType()) is { } dtype)
            {
                int[] shape = [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
                return (JsonSerializer.SerializeToUtf8Bytes(value, Options), dtype, shape);
            }

            return (JsonSerializer.SerializeToUtf8Bytes(value, Options), null, null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new CaptureException(
                $"'{name}' cannot be stored as JSON: {Foreign.Sentence(fault)} Expected values of numbers, text, lists, dictionaries and plain records; " +
                "store a part of it, or write it as bytes with run.Artifact.", fault);
        }
    }

    /// <param name="json">The value.</param>
    /// <param name="shape">The shape that was recorded with it: an array without elements has no other trace of it.</param>
    public static T? Decode<T>(JsonElement json, int[]? shape = null)
    {
        Type type = typeof(T);
        if (type.IsArray && type.GetArrayRank() > 1 && type.GetArrayRank() == shape?.Length && shape.Contains(0))
            return (T)(object)Array.CreateInstance(type.GetElementType()!, shape);
        return json.Deserialize<T>(Options);
    }

    private static string? Dtype(Type array) => Type.GetTypeCode(array.GetElementType()) switch
    {
        _ when array.GetElementType()!.IsEnum => null,
        TypeCode.Double => "float64",
        TypeCode.Single => "float32",
        TypeCode.SByte => "int8",
        TypeCode.Int16 => "int16",
        TypeCode.Int32 => "int32",
        TypeCode.Int64 => "int64",
        // A plain byte array is one text in base 64 and no list of numbers.
        TypeCode.Byte => array.GetArrayRank() > 1 ? "uint8" : null,
        TypeCode.UInt16 => "uint16",
        TypeCode.UInt32 => "uint32",
        TypeCode.UInt64 => "uint64",
        TypeCode.Boolean => "bool",
        _ => null,
    };
}
