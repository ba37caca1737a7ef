using System.Text.Json;

namespace Assay;

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
