using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Chat;

/// <summary>Finds the number that an answer ends with.</summary>
internal static partial class NumberInText
{
    /// <summary>The number as it stands in the text, without signs of currency; null without one.</summary>
    public static string? Find(string text)
    {
        text = text.Replace('−', '-').Replace(' ', ' ');
        int mark = text.LastIndexOf("####", StringComparison.Ordinal);
        if (mark >= 0 && First(text[(mark + 4)..]) is { } marked) return marked;
        if (Answer().Matches(text).LastOrDefault() is { } said && First(text[(said.Index + said.Length)..]) is { } named) return named;
        return Number().Matches(text).LastOrDefault() is { } last ? Plain(last) : null;
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

    private static string? First(string text) => Number().Match(text) is { Success: true } match ? Plain(match) : null;

    private static string Plain(Match match)
    {
        string sign = match.Groups["sign"].Value == "-" ? "-" : "";
        string number = match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal).TrimEnd('.');
        if (match.Groups["over"].Success) number += "/" + match.Groups["over"].Value;
        return sign + (match.Groups["whole"].Success ? match.Groups["whole"].Value + " " : "") + number;
    }

    // A hyphen is a sign at the start of a word only: "3-5" is no −5. Commas group thousands only.
    [GeneratedRegex(@"(?<![\w.])(?<sign>-)?[$€£¥]?\s?(?:(?<whole>\d+)\s(?=\d+/\d))?(?<sign>-)?"
        + @"(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)(?:/(?<over>[1-9]\d*))?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?:^|\n)\s*A:|\banswer\b\s*(?:is|=|:)?", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
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
        for (int start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
            if (Parse(text, start) is { } root && Find(root, names) is { } field)
                return field.ValueKind == JsonValueKind.String ? field.GetString() : field.GetRawText();

        return null;
    }

    private static JsonElement? Find(JsonElement json, string[] names)
    {
        foreach (string name in names)
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return null;

        return json;
    }

    // The object ends somewhere in the text; the reader says where.
    private static JsonElement? Parse(string text, int start)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text[start..]));
        try
        {
            return JsonElement.TryParseValue(ref reader, out JsonElement? json) ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
