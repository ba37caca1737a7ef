using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay;

/// <summary>The values of metrics: double, long, ulong above the range of long, bool, string and null.</summary>
internal static class MetricValue
{
    /// <summary>Converts a value of any numeric type, an enum, a bool or a text to one of the types of metrics.</summary>
    /// <exception cref="CaptureException">The value has another type.</exception>
    public static object? Of(string name, object? value) => value switch
    {
        null or double or long or bool or string => value,
        decimal exact => NumberOrder.Nearest(exact),
        float real => (double)real,
        Half real => (double)real,
        Enum named => EnumText.Of(named),
        ulong and > long.MaxValue => value,
        sbyte or byte or short or ushort or int or uint or ulong => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new CaptureException($"metric '{name}' has a value of type {FullTypeName.Of(value.GetType())}; "
            + "expected a number, text or a truth value. Record structured values with run.Data."),
    };

    public static void WriteAll(JsonBuffer json, OrderedDictionary<string, object?> metrics)
    {
        json.Raw((byte)'{');
        for (int i = 0; i < metrics.Count; i++)
        {
            (string name, object? value) = metrics.GetAt(i);
            if (i > 0) json.Raw((byte)',');
            json.Key(name);
            _ = value switch
            {
                double real => json.Real(real),
                long whole => json.Integer(whole),
                ulong large => json.Unsigned(large),
                bool truth => json.Boolean(truth),
                string text => json.String(text),
                null => json.Null(),
                _ => throw new UnreachableException($"metric '{name}' has the type {value.GetType()}"),
            };
        }

        json.Raw((byte)'}');
    }
}

/// <summary>Converts recorded values to the JSON that <see cref="DataForm"/> reads.</summary>
internal static class DataEncoding
{
    /// <returns>The JSON of the value; for arrays of numbers also their dtype and shape.</returns>
    /// <exception cref="CaptureException">The value cannot be serialised; the message gives the path of the fault.</exception>
    public static (byte[] Json, string? Dtype, int[]? Shape) Encode(string name, object? value)
    {
        try
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, DataForm.Options);
            return value is Array array && Dtype(array.GetType()) is { } dtype
                ? (json, dtype, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)])
                : (json, null, null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new CaptureException($"'{name}' cannot be stored as JSON: {ExceptionText.Sentence(fault)} Expected values of numbers, "
                + "text, lists, dictionaries and plain records; store a part of it, or write it as bytes with run.Artifact.", fault);
        }
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
        // A one-dimensional byte array is written as a base-64 text and not as a list of numbers.
        TypeCode.Byte => array.GetArrayRank() > 1 ? "uint8" : null,
        TypeCode.UInt16 => "uint16",
        TypeCode.UInt32 => "uint32",
        TypeCode.UInt64 => "uint64",
        TypeCode.Boolean => "bool",
        _ => null,
    };
}
