using System.Collections;
using System.Globalization;

namespace Assay.Questions;

/// <summary>Values as people read them, the same in all commands and under every culture.</summary>
public static class Words
{
    private const int MostOfText = 60;

    /// <summary>A recorded value in short: six digits of a real number, text without quotes.</summary>
    public static string Value(object? value) => Printable.Line(value switch
    {
        null => "",
        double real when double.IsFinite(real) => real.ToString("G6", CultureInfo.InvariantCulture),
        double real => JsonBuffer.NonFinite(real),
        bool truth => truth ? "true" : "false",
        string text => text,
        DateTimeOffset time => Time(time),
        TimeSpan duration => Duration(duration),
        IReadOnlyDictionary<string, object?> named => Values(named),
        IEnumerable list => JsonText.Of(list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    });

    /// <summary>
    /// As <see cref="Value"/>, but real numbers with all digits that distinguish them from others: for values that are copied into a
    /// condition.
    /// </summary>
    public static string Exact(object? value) =>
        value is double real && double.IsFinite(real) ? real.ToString("R", CultureInfo.InvariantCulture) : Value(value);

    /// <summary>Nested values by dotted names, long texts cut: <c>optimizer.lr=0.1 hidden=8</c>.</summary>
    public static string Values(IReadOnlyDictionary<string, object?> values) =>
        string.Join(' ', JsonObjects.Flatten(values).Select(v => $"{Printable.Line(v.Key)}={TextTable.Cut(Value(v.Value), MostOfText)}"));

    /// <summary>In UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long ago a time is: <c>5 min ago</c>; the day where it is more than two weeks, the time where it is ahead.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { Ticks: < 0 } => Time(time),
        { TotalMinutes: < 1 } span => $"{(int)span.TotalSeconds} s ago",
        { TotalHours: < 1 } span => $"{(int)span.TotalMinutes} min ago",
        { TotalDays: < 2 } span => $"{(int)span.TotalHours} h ago",
        { TotalDays: < 14 } span => $"{(int)span.TotalDays} d ago",
        _ => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A duration in its largest unit; empty for null.</summary>
    public static string Duration(TimeSpan? duration) => duration is { } d ? DurationText.Exact(d) : "";

    /// <summary>A duration in its largest unit; empty for null.</summary>
    public static string Duration(double? milliseconds) =>
        Duration(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null);

    /// <summary>A value that names code: of hashes and of the references to them the first characters.</summary>
    public static string Code(object? value)
    {
        string text = Value(value), last = text[(text.LastIndexOf('/') + 1)..];
        if (last.Length < 32 || !last.All(char.IsAsciiHexDigit)) return text;
        string before = text[..^last.Length];
        return (before.Length > 8 ? "…/" : before) + last[..12];
    }

    /// <summary><c>NAME:VERSION</c>, or the name alone where the version is empty.</summary>
    public static string Title(string experiment, string version) =>
        Printable.Line(version.Length == 0 ? experiment : $"{experiment}:{version}");

    /// <summary>The beginning of a text with more than so many characters, with an ellipsis; a shorter text as it is.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text
        // Half a character is no text.
        : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    /// <summary>The commit of the snapshot in the state of a run's code; null where none was made.</summary>
    internal static string? Snapshot(IReadOnlyDictionary<string, object?> git) =>
        (git.GetValueOrDefault("snapshot") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("commit") as string;

    /// <summary>With commas between thousands.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1.5 MB</c>, in powers of a thousand.</summary>
    public static string Bytes(long bytes)
    {
        const int Step = 1000;
        if (bytes < Step) return Count(bytes, "byte");
        int power = 0;
        double size = bytes;
        for (; size >= Step && power < 5; power++) size /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {" kMGTP"[power]}B");
    }

    /// <summary><c>1 run</c>, <c>2 runs</c>; the plural is the singular with an s where none is given.</summary>
    public static string Count(long number, string one, string? many = null) =>
        $"{Number(number)} {Plural.Form(number, one, many ?? one + "s")}";
}
