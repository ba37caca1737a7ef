using System.Text.Json;

namespace Assay;

/// <summary>Turns values that operations record into JSON, in the form that <see cref="DataForm"/> reads.</summary>
internal static class DataEncoding
{
    /// <returns>The JSON of the value, and dtype and shape for arrays.</returns>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble.</exception>
    public static (byte[] Json, string? Dtype, int[]? Shape) Encode(string name, object? value)
    {
        try
        {
            if (value is Array array && Dtype(array.GetType()) is { } dtype)
            {
                int[] shape = [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
                return (JsonSerializer.SerializeToUtf8Bytes(value, DataForm.Options), dtype, shape);
            }

            return (JsonSerializer.SerializeToUtf8Bytes(value, DataForm.Options), null, null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new CaptureException(
                $"'{name}' cannot be stored as JSON: {ExceptionText.Sentence(fault)} Expected values of numbers, text, lists, dictionaries and plain records; " +
                "store a part of it, or write it as bytes with run.Artifact.", fault);
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
        // A plain byte array is one text in base 64 and no list of numbers.
        TypeCode.Byte => array.GetArrayRank() > 1 ? "uint8" : null,
        TypeCode.UInt16 => "uint16",
        TypeCode.UInt32 => "uint32",
        TypeCode.UInt64 => "uint64",
        TypeCode.Boolean => "bool",
        _ => null,
    };
}
