using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay;

/// <summary>The canonical forms of single values. Tags distinguish types that would otherwise share a form.</summary>
internal static class ScalarEncoders
{
    private static readonly Dictionary<Type, CanonicalEncoder> ByType = new()
    {
        [typeof(bool)] = new Scalar<bool>((w, v) => w.Json.Boolean(v)),
        [typeof(sbyte)] = new Scalar<sbyte>((w, v) => w.Json.Integer(v)),
        [typeof(byte)] = new Scalar<byte>((w, v) => w.Json.Integer(v)),
        [typeof(short)] = new Scalar<short>((w, v) => w.Json.Integer(v)),
        [typeof(ushort)] = new Scalar<ushort>((w, v) => w.Json.Integer(v)),
        [typeof(int)] = new Scalar<int>((w, v) => w.Json.Integer(v)),
        [typeof(uint)] = new Scalar<uint>((w, v) => w.Json.Integer(v)),
        [typeof(long)] = new Scalar<long>((w, v) => w.Json.Integer(v)),
        [typeof(ulong)] = new Scalar<ulong>((w, v) => Digits(w, v)),
        [typeof(Int128)] = new Scalar<Int128>((w, v) => Digits(w, v)),
        [typeof(UInt128)] = new Scalar<UInt128>((w, v) => Digits(w, v)),
        [typeof(BigInteger)] = new Scalar<BigInteger>((w, v) => Digits(w, v)),
        [typeof(double)] = new Scalar<double>(Real),
        [typeof(float)] = new Scalar<float>((w, v) => Real(w, v)),
        [typeof(Half)] = new Scalar<Half>((w, v) => Real(w, (double)v)),
        [typeof(decimal)] = new Scalar<decimal>(Decimal),
        [typeof(Complex)] = new Scalar<Complex>(ComplexNumber),
        [typeof(string)] = new Scalar<string>((w, v) => w.Json.String(v)),
        [typeof(char)] = new Scalar<char>((w, v) => Tagged(w, "$char", v.ToString())),
        [typeof(Guid)] = new Scalar<Guid>((w, v) => Tagged(w, "$guid", v.ToString("D"))),
        [typeof(TimeSpan)] = new Scalar<TimeSpan>((w, v) => Tagged(w, "$duration", v.ToString("c", CultureInfo.InvariantCulture))),
        [typeof(DateTimeOffset)] = new Scalar<DateTimeOffset>((w, v) =>
            Tagged(w, "$instant", v.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(DateTime)] = new Scalar<DateTime>(DateAndTime),
        [typeof(DateOnly)] = new Scalar<DateOnly>((w, v) => Tagged(w, "$date", v.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(TimeOnly)] = new Scalar<TimeOnly>((w, v) => Tagged(w, "$time", v.ToString("O", CultureInfo.InvariantCulture))),
        [typeof(Version)] = new Scalar<Version>((w, v) => Tagged(w, "$version", v.ToString())),
        [typeof(byte[])] = new Scalar<byte[]>((w, v) => Tagged(w, "$bytes", Convert.ToHexStringLower(v))),
        [typeof(FileRef)] = new Scalar<FileRef>((w, v) => Content(w, "$file", v.Path, w.Files.File(v))),
        [typeof(DirectoryRef)] = new Scalar<DirectoryRef>((w, v) => Content(w, "$directory", v.Path, w.Files.Directory(v))),
        [typeof(JsonElement)] = new Scalar<JsonElement>(Element),
    };

    public static CanonicalEncoder? TryCreate(Type type)
    {
        if (ByType.TryGetValue(type, out CanonicalEncoder? known)) return known;
        if (type.IsEnum) return new EnumEncoder(type);
        if (type == typeof(Uri)) return new Scalar<Uri>((w, v) => Tagged(w, "$uri", v.OriginalString));
        return typeof(JsonNode).IsAssignableFrom(type)
            ? new Scalar<JsonNode>((w, v) => Element(w, JsonSerializer.SerializeToElement(v)))
            : null;
    }

    private static void Digits<TInteger>(CanonicalWriter w, TInteger value) where TInteger : IBinaryInteger<TInteger>
    {
        Span<byte> digits = stackalloc byte[64];
        if (value.TryFormat(digits, out int written, default, CultureInfo.InvariantCulture)) w.Json.Raw(digits[..written]);
        else w.Json.Raw(System.Text.Encoding.UTF8.GetBytes(value.ToString(null, CultureInfo.InvariantCulture)));
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
        else w.Json.Raw(System.Text.Encoding.UTF8.GetBytes(digits));
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
        {
            if (!members.TryAdd(member.Name, member.Value))
                throw new CanonicalFormException(
                    $"the JSON object has the key '{member.Name}' more than once. Expected each key once; remove the others.");
        }

        return members;
    }

    internal static void Tagged(CanonicalWriter w, string tag, string text)
    {
        if (w.Canonical) w.Json.Raw((byte)'{').Key(tag).String(text).Raw((byte)'}');
        else w.Json.String(text);
    }

    private sealed class Scalar<T>(Action<CanonicalWriter, T> write) : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value) => write(writer, (T)value);
    }

    private sealed class EnumEncoder(Type type) : CanonicalEncoder
    {
        private readonly string _type = FullTypeName.Of(type);

        public override void Write(CanonicalWriter writer, object value)
        {
            string name = EnumText.Of((Enum)value);
            if (writer.Canonical) Tagged(writer, "$enum", $"{_type}.{name}");
            else writer.Json.String(name);
        }
    }
}
