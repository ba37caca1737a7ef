using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay;

/// <summary>The canonical forms of single values. Tags distinguish types that would otherwise share a form.</summary>
internal static class ScalarEncoders
{
    private static readonly Dictionary<Type, CanonicalEncoder> ByType = new()
    {
        [typeof(bool)] = CanonicalEncoder.Of<bool>((w, v) => w.Json.Boolean(v)),
        [typeof(sbyte)] = CanonicalEncoder.Of<sbyte>((w, v) => w.Json.Integer(v)),
        [typeof(byte)] = CanonicalEncoder.Of<byte>((w, v) => w.Json.Integer(v)),
        [typeof(short)] = CanonicalEncoder.Of<short>((w, v) => w.Json.Integer(v)),
        [typeof(ushort)] = CanonicalEncoder.Of<ushort>((w, v) => w.Json.Integer(v)),
        [typeof(int)] = CanonicalEncoder.Of<int>((w, v) => w.Json.Integer(v)),
        [typeof(uint)] = CanonicalEncoder.Of<uint>((w, v) => w.Json.Integer(v)),
        [typeof(long)] = CanonicalEncoder.Of<long>((w, v) => w.Json.Integer(v)),
        [typeof(ulong)] = CanonicalEncoder.Of<ulong>((w, v) => Digits(w, v)),
        [typeof(Int128)] = CanonicalEncoder.Of<Int128>((w, v) => Digits(w, v)),
        [typeof(UInt128)] = CanonicalEncoder.Of<UInt128>((w, v) => Digits(w, v)),
        [typeof(BigInteger)] = CanonicalEncoder.Of<BigInteger>((w, v) => Digits(w, v)),
        [typeof(double)] = CanonicalEncoder.Of<double>(Real),
        [typeof(float)] = CanonicalEncoder.Of<float>((w, v) => Real(w, v)),
        [typeof(Half)] = CanonicalEncoder.Of<Half>((w, v) => Real(w, (double)v)),
        [typeof(decimal)] = CanonicalEncoder.Of<decimal>(Decimal),
        [typeof(Complex)] = CanonicalEncoder.Of<Complex>(ComplexNumber),
        [typeof(string)] = CanonicalEncoder.Of<string>((w, v) => w.Json.String(v)),
        [typeof(char)] = CanonicalEncoder.Of<char>((w, v) => Tagged(w, "$char", v.ToString())),
        [typeof(Guid)] = CanonicalEncoder.Of<Guid>((w, v) => Tagged(w, "$guid", v.ToString("D"))),
        [typeof(TimeSpan)] = CanonicalEncoder.Of<TimeSpan>((w, v) => Tagged(w, "$duration", v.ToString("c", CultureInfo.InvariantCulture))),
        [typeof(DateTimeOffset)] = CanonicalEncoder.Of<DateTimeOffset>((w, v) =>
            Tagged(w, "$instant", v.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(DateTime)] = CanonicalEncoder.Of<DateTime>(DateAndTime),
        [typeof(DateOnly)] = CanonicalEncoder.Of<DateOnly>((w, v) => Tagged(w, "$date", v.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(TimeOnly)] = CanonicalEncoder.Of<TimeOnly>((w, v) => Tagged(w, "$time", v.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(Version)] = CanonicalEncoder.Of<Version>((w, v) => Tagged(w, "$version", v.ToString())),
        [typeof(byte[])] = CanonicalEncoder.Of<byte[]>((w, v) => Tagged(w, "$bytes", Convert.ToHexStringLower(v))),
        [typeof(FileRef)] = CanonicalEncoder.Of<FileRef>((w, v) => Content(w, "$file", v.Path, w.Files.File(v))),
        [typeof(DirectoryRef)] = CanonicalEncoder.Of<DirectoryRef>((w, v) => Content(w, "$directory", v.Path, w.Files.Directory(v))),
        [typeof(JsonElement)] = CanonicalEncoder.Of<JsonElement>(Element),
    };

    public static CanonicalEncoder? TryCreate(Type type)
    {
        if (ByType.TryGetValue(type, out CanonicalEncoder? known)) return known;
        if (type.IsEnum) return OfEnum(FullTypeName.Of(type));
        if (type == typeof(Uri)) return CanonicalEncoder.Of<Uri>((w, v) => Tagged(w, "$uri", v.OriginalString));
        if (!typeof(JsonNode).IsAssignableFrom(type)) return null;
        return CanonicalEncoder.Of<JsonNode>((w, v) => Element(w, JsonSerializer.SerializeToElement(v)));
    }

    private static CanonicalEncoder OfEnum(string typeName) => CanonicalEncoder.Of<Enum>((w, value) =>
    {
        string name = EnumText.Of(value);
        if (w.Canonical) Tagged(w, "$enum", $"{typeName}.{name}");
        else w.Json.String(name);
    });

    private static void Digits<TInteger>(CanonicalWriter w, TInteger value) where TInteger : IBinaryInteger<TInteger>
    {
        Span<byte> digits = stackalloc byte[64];
        if (value.TryFormat(digits, out int written, default, CultureInfo.InvariantCulture)) w.Json.Raw(digits[..written]);
        else w.Json.Raw(Encoding.UTF8.GetBytes(value.ToString(null, CultureInfo.InvariantCulture)));
    }

    private static void Real(CanonicalWriter w, double value)
    {
        if (double.IsFinite(value)) w.Json.Real(value);
        else Tagged(w, "$real", JsonBuffer.NonFinite(value));
    }

    private static void Decimal(CanonicalWriter w, decimal value)
    {
        // 1.0m equals 1.00m: dividing by one with the full scale drops trailing zeros.
        string digits = (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        if (w.Canonical) Tagged(w, "$decimal", digits);
        else w.Json.Raw(Encoding.UTF8.GetBytes(digits));
    }

    private static void ComplexNumber(CanonicalWriter w, Complex value)
    {
        w.Json.Raw(w.Canonical ? "{\"$complex\":["u8 : "["u8);
        Real(w, value.Real);
        w.Json.Raw((byte)',');
        Real(w, value.Imaginary);
        w.Json.Raw(w.Canonical ? "]}"u8 : "]"u8);
    }

    private static void DateAndTime(CanonicalWriter w, DateTime value)
    {
        if (value.Kind == DateTimeKind.Local)
            throw new CanonicalFormException(
                $"the local time {value:O} is another instant in another time zone; use DateTimeOffset, or a DateTime in UTC.");
        Tagged(w, "$datetime", value.ToString("O", CultureInfo.InvariantCulture));
    }

    private static void Content(CanonicalWriter w, string tag, string path, string sha256)
    {
        if (w.Canonical) Tagged(w, tag, sha256);
        else w.Json.Raw("{\"path\":"u8).String(path).Raw(",\"sha256\":"u8).String(sha256).Raw((byte)'}');
    }

    private static void Element(CanonicalWriter w, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null: w.Json.Null(); break;
            case JsonValueKind.True or JsonValueKind.False: w.Json.Boolean(element.GetBoolean()); break;
            case JsonValueKind.String: w.Json.String(element.GetString()); break;
            case JsonValueKind.Number when IsInteger(element, out BigInteger integer): Digits(w, integer); break;
            case JsonValueKind.Number: Real(w, element.GetDouble()); break;
            case JsonValueKind.Array: w.Value(element.EnumerateArray().ToArray()); break;
            default: w.Value(Members(element)); break;
        }
    }

    private static bool IsInteger(JsonElement element, out BigInteger integer) =>
        BigInteger.TryParse(element.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
            if (!members.TryAdd(member.Name, member.Value))
                throw new CanonicalFormException(
                    $"the JSON object has the key '{member.Name}' more than once. Expected each key once; remove the others.");

        return members;
    }

    private static void Tagged(CanonicalWriter w, string tag, string text)
    {
        if (w.Canonical) w.Json.Raw((byte)'{').Key(tag).String(text).Raw((byte)'}');
        else w.Json.String(text);
    }
}
