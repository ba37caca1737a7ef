using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Journals;

/// <summary>
/// Structured values as JSON. A numeric or boolean array of any rank carries its element type and shape beside the nested lists, so that it
/// comes back as the same array; everything else is what System.Text.Json makes of it, with NaN and infinities as strings and enums by name.
/// </summary>
public static class DataForm
{
    /// <summary>How structured values are written and read.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        // Readers of JSON take 64 levels, of which a journal's line needs some itself.
        MaxDepth = 60,
        Converters = { new JsonStringEnumConverter(), new RectangularArrays(), new BigIntegerJson() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="json">The value.</param>
    /// <param name="shape">The shape that was recorded with it: an array without elements has no other trace of it.</param>
    public static T? Decode<T>(JsonElement json, int[]? shape = null)
    {
        Type type = typeof(T);
        if (type.IsArray && type.GetArrayRank() > 1 && type.GetArrayRank() == shape?.Length && shape.Contains(0))
            return (T)(object)Array.CreateInstance(type.GetElementType()!, shape);
        return json.Deserialize<T>(Options);
    }
}
