using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Journals;

/// <summary>
/// JSON as plain .NET values: long, double, string, bool, null, dictionaries and lists; decimal and BigInteger only where a double would
/// lose digits. The texts that stand for numbers JSON lacks come back as numbers.
/// </summary>
public static partial class JsonObjects
{
    /// <summary>No values.</summary>
    public static readonly IReadOnlyDictionary<string, object?> Empty = new RecordedDictionary();

    /// <summary>A value of any kind.</summary>
    public static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Text(json) is var text && NonFinite(text) is { } number ? number : text,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(json.GetRawText()),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Dictionary(json),
        _ => null,
    };

    /// <summary>The members of an object in their order, of equal names the last; empty for anything else.</summary>
    public static IReadOnlyDictionary<string, object?> Dictionary(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return Empty;
        var values = new RecordedDictionary();
        foreach (JsonProperty property in json.EnumerateObject()) values[Name(property)] = Value(property.Value);
        return values;
    }

    /// <summary>A number, or the text that stands for one.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    internal static double Real(JsonElement json) =>
        (json.ValueKind == JsonValueKind.String ? NonFinite(Text(json)) : null) ?? json.GetDouble();

    /// <summary>False for anything but a whole number; never throws.</summary>
    public static bool TryInteger(this JsonElement json, out long number)
    {
        number = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out number);
    }

    /// <summary>Nested dictionaries as dotted names.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Flatten(IReadOnlyDictionary<string, object?> values, string prefix = "") =>
        values.SelectMany(member =>
        {
            string name = Dotted(prefix, member.Key);
            return member.Value is IReadOnlyDictionary<string, object?> { Count: > 0 } nested
                ? Flatten(nested, name) : [new KeyValuePair<string, object?>(name, member.Value)];
        });

    /// <summary>The name of a member of something named; one with a dot of its own in brackets: <c>a["b.c"].d</c>.</summary>
    internal static string Dotted(string prefix, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? $"{prefix}[\"{name}\"]" : prefix.Length == 0 ? name : $"{prefix}.{name}";

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

    /// <summary>The text of a member; null where the value is no object, or its member no text.</summary>
    public static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } text ? Text(text) : null;

    /// <summary>A member of an object; undefined where the value is no object or lacks it.</summary>
    public static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member) ? member : default;

    /// <summary>The name of a member, also with half a surrogate pair in it.</summary>
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
    internal static string Unescaped(string json) => Regex.Unescape(Quoted().Match(json).Groups[1].Value);

    [GeneratedRegex("^\"((?>[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    /// <summary>The number that digits stand for, without loss; null where they are none.</summary>
    internal static object? Number(string digits)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        CultureInfo culture = CultureInfo.InvariantCulture;
        // A number with a point or an exponent was a real number when it was written, also 1.0.
        if (digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            if (IsBeyondDouble<char>(digits) && decimal.TryParse(digits, NumberStyles.Float, culture, out decimal exact)) return exact;
            return double.TryParse(digits, NumberStyles.Float, culture, out double real) ? real : null;
        }

        if (long.TryParse(digits, Whole, culture, out long integer)) return integer;
        if (ulong.TryParse(digits, NumberStyles.None, culture, out ulong unsigned)) return unsigned;
        return BigInteger.TryParse(digits, Whole, culture, out BigInteger large) ? large : null;
    }

    /// <summary>Whether a number with a point or an exponent has more digits than any double needs, so that it was a decimal.</summary>
    internal static bool IsBeyondDouble<T>(ReadOnlySpan<T> digits) where T : unmanaged, IBinaryInteger<T>
    {
        const int MostDigits = 17;
        if (digits.Length <= MostDigits) return false;
        int count = 0, zeros = 0;
        foreach (T character in digits)
        {
            char digit = (char)ushort.CreateTruncating(character);
            if (digit is 'e' or 'E') break;
            if (!char.IsAsciiDigit(digit)) continue;
            // Zeros before the first digit and after the last do not count.
            if (digit == '0') zeros += count > 0 ? 1 : 0;
            else (count, zeros) = (count + zeros + 1, 0);
        }

        return count > MostDigits;
    }

    private static double? NonFinite(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };
}

/// <summary>Reads the members of an object one by one with a <see cref="Utf8JsonReader"/>.</summary>
internal static class JsonMembers
{
    /// <summary>Whether the reader is at the start of an object; any other value is skipped.</summary>
    public static bool TryBegin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    /// <summary>Moves the reader to the value of the next member and gives its name without escapes; false at the end.</summary>
    public static bool TryNext(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        bool isMember = reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
        name = isMember ? Text(ref reader) : default;
        return isMember && reader.Read();
    }

    /// <summary>The name or text that a reader is at, in UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan;

    private static byte[] Unescaped(scoped ref Utf8JsonReader reader)
    {
        try
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(JsonObjects.Unescaped($"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\""));
        }
    }
}
