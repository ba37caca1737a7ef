using System.Globalization;
using System.Text.Json;

namespace Assay;

/// <summary>One metric's value: a number, text or a truth value.</summary>
internal readonly struct MetricValue
{
    private enum Form : byte { Real, Integer, Unsigned, Boolean, Text }

    private readonly Form _form;
    private readonly long _bits;
    private readonly string? _text;

    private MetricValue(Form form, long bits, string? text) => (_form, _bits, _text) = (form, bits, text);

    public static MetricValue Of(double value) => new(Form.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static MetricValue Of(long value) => new(Form.Integer, value, null);

    public static MetricValue Of(ulong value) => value <= long.MaxValue ? Of((long)value) : new(Form.Unsigned, (long)value, null);

    public static MetricValue Of(bool value) => new(Form.Boolean, value ? 1 : 0, null);

    public static MetricValue Of(string? value) => new(Form.Text, 0, value);

    /// <exception cref="CaptureException">The value is neither a number nor text nor a truth value.</exception>
    public static MetricValue Of(string name, object? value) => value switch
    {
        decimal exact => Of(NumberOrder.Nearest(exact)),
        double or float or Half => Of(Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long => Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong big => Of(big),
        bool truth => Of(truth),
        null => Of((string?)null),
        string text => Of(text),
        Enum named => Of(EnumText.Of(named)),
        _ => throw new CaptureException(
            $"metric '{name}' has a value of type {FullTypeName.Of(value.GetType())}; expected a number, text or a truth value. Record structured values with run.Data."),
    };

    /// <summary>As <see cref="Write"/> has written it: a number with a point or an exponent is real.</summary>
    public static MetricValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetInt64(out long whole) => Of(whole),
        JsonValueKind.Number when json.TryGetUInt64(out ulong big) => Of(big),
        JsonValueKind.Number => Of(json.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => Of(json.GetBoolean()),
        JsonValueKind.String => Of(json.GetString()),
        _ => Of((string?)null),
    };

    /// <summary>Length of a text; 0 for everything else.</summary>
    public int TextLength => _text?.Length ?? 0;

    public object? Boxed => _form switch
    {
        Form.Real => BitConverter.Int64BitsToDouble(_bits),
        Form.Integer => _bits,
        Form.Unsigned => (ulong)_bits,
        Form.Boolean => _bits != 0,
        _ => _text,
    };

    public void Write(JsonBuffer json)
    {
        switch (_form)
        {
            case Form.Real: json.Real(BitConverter.Int64BitsToDouble(_bits)); break;
            case Form.Integer: json.Integer(_bits); break;
            case Form.Unsigned: json.Unsigned((ulong)_bits); break;
            case Form.Boolean: json.Boolean(_bits != 0); break;
            default: if (_text is null) json.Null(); else json.String(_text); break;
        }
    }
}
