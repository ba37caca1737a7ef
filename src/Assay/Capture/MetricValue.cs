using System.Diagnostics;
using System.Globalization;

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
