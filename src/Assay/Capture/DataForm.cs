using System.Text.Json;
using System.Text.Json.Nodes;
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
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The JSON of the value, and dtype and shape for arrays.</returns>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble.</exception>
    public static (byte[] Json, string? Dtype, int[]? Shape) Encode(string name, object? value)
    {
        try
        {
            if (value is Array array && Dtype(array.GetType().GetElementType()!) is { } dtype)
            {
                int[] shape = [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
                object nested = array.Rank == 1 ? array : Nest(array, new int[array.Rank], 0);
                return (JsonSerializer.SerializeToUtf8Bytes(nested, Options), dtype, shape);
            }

            return (JsonSerializer.SerializeToUtf8Bytes(value, Options), null, null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new CaptureException(
                $"'{name}' cannot be stored as JSON: {fault.Message} Expected values of numbers, text, lists, dictionaries and plain records; " +
                "store a part of it, or write it as bytes with run.Artifact.", fault);
        }
    }

    public static T? Decode<T>(JsonElement json)
    {
        Type type = typeof(T);
        if (type.IsArray && type.GetArrayRank() > 1) return (T)(object)Rectangle(json, type.GetElementType()!, type.GetArrayRank());
        return json.Deserialize<T>(Options);
    }

    private static string? Dtype(Type element) => Type.GetTypeCode(element) switch
    {
        _ when element.IsEnum => null,
        TypeCode.Double => "float64",
        TypeCode.Single => "float32",
        TypeCode.SByte => "int8",
        TypeCode.Int16 => "int16",
        TypeCode.Int32 => "int32",
        TypeCode.Int64 => "int64",
        TypeCode.UInt16 => "uint16",
        TypeCode.UInt32 => "uint32",
        TypeCode.UInt64 => "uint64",
        TypeCode.Boolean => "bool",
        _ => null,
    };

    private static JsonArray Nest(Array array, int[] at, int axis)
    {
        var list = new JsonArray();
        for (int i = 0; i < array.GetLength(axis); i++)
        {
            at[axis] = i;
            list.Add(axis == array.Rank - 1 ? JsonSerializer.SerializeToNode(array.GetValue(at), Options) : Nest(array, at, axis + 1));
        }

        return list;
    }

    private static Array Rectangle(JsonElement json, Type element, int rank)
    {
        int[] shape = new int[rank];
        JsonElement level = json;
        for (int axis = 0; axis < rank; axis++)
        {
            shape[axis] = level.GetArrayLength();
            if (shape[axis] == 0) break;
            level = level[0];
        }

        var array = Array.CreateInstance(element, shape);
        Fill(array, json, element, new int[rank], 0);
        return array;
    }

    private static void Fill(Array array, JsonElement json, Type element, int[] at, int axis)
    {
        int i = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            at[axis] = i++;
            if (axis == array.Rank - 1) array.SetValue(item.Deserialize(element, Options), at);
            else Fill(array, item, element, at, axis + 1);
        }
    }
}
