using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Assay.Journals;

/// <summary>Values as JSON: what <see cref="JsonObjects.Value"/> returns, and what users compare with it.</summary>
internal static class PlainJson
{
    public static string Of(object? value)
    {
        var json = new JsonBuffer();
        Write(json, value);
        return json.ToString();
    }

    /// <summary>Writes a value: NaN as text, an enum as its name, a time as ISO 8601; an object of another type as its text.</summary>
    public static void Write(JsonBuffer json, object? value)
    {
        switch (value)
        {
            case null: json.Null(); break;
            case bool truth: json.Boolean(truth); break;
            case string text: json.String(text); break;
            case Half half: json.Real((double)half); break;
            case double or float: json.Real(Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case decimal exact: json.Raw(System.Text.Encoding.UTF8.GetBytes(exact.ToString(CultureInfo.InvariantCulture))); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger:
                json.Raw(System.Text.Encoding.UTF8.GetBytes(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)));
                break;
            case Enum named: json.String(EnumText.Of(named)); break;
            case DateTimeOffset instant: json.String(instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTime or DateOnly or TimeOnly: json.String(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeSpan duration: json.String(duration.ToString("c", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.String(Convert.ToHexStringLower(bytes)); break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.Raw((byte)'{').Separated(members, member => Write(json.Key(member.Key), member.Value)).Raw((byte)'}');
                break;
            case IEnumerable list:
                json.Raw((byte)'[').Separated(list.Cast<object?>(), item => Write(json, item)).Raw((byte)']');
                break;
            default: json.String(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
