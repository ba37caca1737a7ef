using System.Collections.ObjectModel;
using System.Text.Json;

namespace Assay;

/// <summary>JSON as plain .NET values: long, double, string, bool, null, dictionaries and lists.</summary>
internal static class JsonObjects
{
    public static readonly IReadOnlyDictionary<string, object?> Empty = ReadOnlyDictionary<string, object?>.Empty;

    public static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Text(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Dictionary(json),
        _ => null,
    };

    public static IReadOnlyDictionary<string, object?> Dictionary(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return Empty;
        var values = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject()) values[Name(property)] = Value(property.Value);
        return values;
    }

    /// <summary>Metrics: the strings that stand for numbers JSON lacks come back as numbers.</summary>
    public static IReadOnlyDictionary<string, object?> Metrics(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return Empty;
        var values = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject()) values[Name(property)] = Metric(property.Value);
        return values;
    }

    public static object? Metric(JsonElement json) => NonFinite(json) ?? Value(json);

    public static double Real(JsonElement json) => NonFinite(json) ?? json.GetDouble();

    /// <summary>False for anything but a whole number; never throws.</summary>
    public static bool TryInteger(this JsonElement json, out long number)
    {
        number = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out number);
    }

    /// <summary>Nested dictionaries as dotted names.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Flatten(IReadOnlyDictionary<string, object?> values, string prefix = "")
    {
        foreach ((string name, object? value) in values)
        {
            if (value is IReadOnlyDictionary<string, object?> { Count: > 0 } nested)
            {
                foreach (KeyValuePair<string, object?> inner in Flatten(nested, $"{prefix}{name}.")) yield return inner;
            }
            else
            {
                yield return new KeyValuePair<string, object?>(prefix + name, value);
            }
        }
    }

    /// <summary>The text of a JSON string, also with half a surrogate pair in it, which the framework refuses to read.</summary>
    public static string Text(JsonElement json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescaped(json.GetRawText());
        }
    }

    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescaped(property.ToString());
        }
    }

    /// <summary>The quoted text that some JSON begins with.</summary>
    private static string Unescaped(string json)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 1; json[i] != '"'; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }

            i++;
            text.Append(json[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(json.AsSpan(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture),
                char plain => plain,
            });
            if (json[i] == 'u') i += 4;
        }

        return text.ToString();
    }

    private static object Number(JsonElement json)
    {
        // A number with a point or an exponent was a real number when it was written, also 1.0.
        if (json.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && json.TryGetInt64(out long integer)) return integer;
        if (json.TryGetUInt64(out ulong unsigned)) return unsigned;
        return json.GetDouble();
    }

    private static double? NonFinite(JsonElement json) => json.ValueKind != JsonValueKind.String ? null : Text(json) switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };
}
