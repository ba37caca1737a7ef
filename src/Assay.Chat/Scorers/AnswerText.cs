using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Chat;

/// <summary>Finds the number that an answer ends with.</summary>
internal static partial class NumberInText
{
    /// <summary>The number as it stands in the text, without signs of currency and groups of thousands; null without one.</summary>
    public static string? Find(string text)
    {
        text = Raised().Replace(Wide().Replace(Thousands().Replace(text, ""), Plain), match => "^" + Plain(match));
        text = text.Replace('−', '-').Replace('\u00a0', ' ').Replace('\u202f', ' ');
        int hashes = text.LastIndexOf("####", StringComparison.Ordinal);
        if (hashes >= 0 && Marked(text[(hashes + 4)..]) is { } marked) return marked;
        int end = text.Length;
        foreach (Match mark in Answer().Matches(text).Reverse())
        {
            if (Marked(text[(mark.Index + mark.Length)..end]) is { } named) return named;
            end = mark.Index;
        }

        return Number().Matches(text).LastOrDefault() is { } last ? Written(last) : null;
    }

    /// <summary>The value of what <see cref="Find"/> gives.</summary>
    public static double Value(string number)
    {
        string[] parts = number.Split(' ');
        double whole = parts.Length > 1 ? Value(parts[0]) : 0;
        string[] fraction = parts[^1].Split('/');
        double part = double.Parse(fraction[0], NumberStyles.Float, CultureInfo.InvariantCulture);
        if (fraction.Length > 1) part /= double.Parse(fraction[1], NumberStyles.Float, CultureInfo.InvariantCulture);
        return number.StartsWith('-') && parts.Length > 1 ? whole - part : whole + part;
    }

    // The first line with a number: what a calculation there comes to, or the first number, because words may follow ("18 of 20").
    private static string? Marked(string text)
    {
        foreach (string line in text.Split('\n'))
            if ((First(line[(line.LastIndexOf('=') + 1)..]) ?? First(line)) is { } number) return number;

        return null;
    }

    private static string? First(string text) => Number().Match(text) is { Success: true } match ? Written(match) : null;

    private static string Plain(Match match) => match.Value.Normalize(NormalizationForm.FormKC);

    private static string Written(Match match)
    {
        string sign = match.Groups["sign"].Success ? "-" : "";
        string number = match.Groups["number"] is { Success: true } digits ? digits.Value.Replace(",", "", StringComparison.Ordinal) : "1";
        if (match.Groups["power"].Success) number += "e" + match.Groups["power"].Value;
        if (match.Groups["over"].Success) number += "/" + match.Groups["over"].Value;
        return sign + (match.Groups["whole"].Success ? match.Groups["whole"].Value + " " : "") + number;
    }

    // A hyphen that touches is a sign at the start of a word only: "3-5" is no −5, "- 5" an item of a list or a difference. What is
    // raised is no number of its own. Scripts without cases write numbers without a space before them. Commas group thousands only.
    [GeneratedRegex(@"(?<![\p{Lu}\p{Ll}0-9_]|[0-9]\.|\^[{-]{0,2})(?<sign>-)?(?:[$€£¥] ?)?(?<sign>-)?"
        + @"(?:(?<whole>[0-9]+) (?=[0-9]+/[1-9]))?"
        + @"(?:10\^\{?(?<power>[+-]?[0-9]+)"
        + @"|(?<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|(?<!\.)\.[0-9]+)"
        + @"(?:(?:[eE]| ?(?:[xX×*·]|\\times|\\cdot) ?10\^\{?)(?<power>[+-]?[0-9]+))?)(?:/(?<over>[1-9][0-9]*))?")]
    private static partial Regex Number();

    // "This answer helps" names no number: the word needs a verb, a sign or a number after it.
    [GeneratedRegex(@"^[^\S\n]*A:|\banswer\b(?:(?=[\s*$€£¥-]*[0-9])|[^\n.:=]{0,40}?(?:\b(?:is|be|equals)\b|[:=]))",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"(?<=(?<![0-9])[0-9]{1,3})[\u00a0\u202f](?=[0-9]{3}(?![0-9]))")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"[\uff01-\uff5e\uffe0-\uffe6]+")]
    private static partial Regex Wide();

    [GeneratedRegex(@"(?<=10)[⁻⁰¹²³⁴-⁹]+")]
    private static partial Regex Raised();
}

/// <summary>Answers as words.</summary>
internal static partial class AnswerWords
{
    /// <summary>Lower case, without punctuation and articles, with single spaces.</summary>
    public static string Normal(string text) =>
        Spaces().Replace(Articles().Replace(Signs().Replace(text.ToLowerInvariant(), ""), " "), " ").Trim();

    /// <summary>The F1 of words, each as often as it occurs.</summary>
    public static double F1(string found, string expected)
    {
        string[] a = Words(found), b = Words(expected);
        if (a.Length == 0 || b.Length == 0) return a.Length == b.Length ? 1 : 0;
        Dictionary<string, int> left = b.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        int common = a.GroupBy(word => word).Sum(group => Math.Min(group.Count(), left.GetValueOrDefault(group.Key)));
        return 2.0 * common / (a.Length + b.Length);
    }

    /// <summary>The F1 of two sets.</summary>
    public static double F1(IReadOnlySet<string> found, IReadOnlySet<string> expected) => found.Count + expected.Count == 0 ? 1
        : 2.0 * found.Count(expected.Contains) / (found.Count + expected.Count);

    private static string[] Words(string text) => Normal(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"[\p{P}\p{S}]")]
    private static partial Regex Signs();

    [GeneratedRegex(@"\b(a|an|the)\b")]
    private static partial Regex Articles();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>Finds JSON in the text of an answer.</summary>
internal static class JsonInText
{
    /// <summary>A field of the last object in the text that has it; null without one.</summary>
    public static string? Field(string text, string path)
    {
        string[] names = path.Split('.');
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        string? last = null;
        for (int start = rest.IndexOf((byte)'{'); start >= 0; start = rest.IndexOf((byte)'{'))
        {
            rest = rest[start..];
            string? field = Read(rest, names, out int length);
            last = field ?? last;
            // An object without the field may have objects that have it.
            rest = rest[(field is null ? 1 : length)..];
        }

        return last;
    }

    /// <summary>Whether two texts are equal, or the same number: 3.0 is 3.</summary>
    public static bool Same(string a, string b)
    {
        (a, b) = (a.Trim(), b.Trim());
        if (a == b) return true;
        CultureInfo culture = CultureInfo.InvariantCulture;
        // Of long whole numbers, which a double does not tell apart, a decimal has all the digits.
        return double.TryParse(a, NumberStyles.Float, culture, out double x)
            && double.TryParse(b, NumberStyles.Float, culture, out double y) && double.IsFinite(x) && x == y
            && (!decimal.TryParse(a, NumberStyles.Float, culture, out decimal first)
                || !decimal.TryParse(b, NumberStyles.Float, culture, out decimal second) || first == second);
    }

    private static string? Read(ReadOnlySpan<byte> json, string[] names, out int length)
    {
        length = 1;
        // The reader throws at what is no object, which takes long where a text has many braces.
        if (json[1..].TrimStart(" \t\r\n"u8) is not [(byte)'"' or (byte)'}', ..]) return null;
        var reader = new Utf8JsonReader(json);
        try
        {
            // The object ends somewhere in the text; the reader says where.
            if (!JsonElement.TryParseValue(ref reader, out JsonElement? root) || Find(root.Value, names) is not { } field) return null;
            length = (int)reader.BytesConsumed;
            return field.ValueKind == JsonValueKind.String ? field.GetString() : field.GetRawText();
        }
        // The second: an escape that is half a surrogate pair.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement json, string[] names)
    {
        foreach (string name in names)
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return null;

        return json;
    }
}
