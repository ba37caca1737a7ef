using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Tables;

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
