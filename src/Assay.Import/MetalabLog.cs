using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Import;

/// <summary>A run's log as metalab writes it: a time, a level and a message, which may go on over further lines.</summary>
internal static partial class MetalabLog
{
    private const long Longest = 64 << 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The lines; null when the file is of another form, too long to be cut into lines, or cannot be read.</returns>
    public static IReadOnlyList<(DateTimeOffset At, string Level, string Message)>? Read(string file, MetalabTimes times)
    {
        if (Text(file) is not { } text) return null;
        var lines = new List<(DateTimeOffset At, string Level, string Message)>();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (Beginning().Match(line) is { Success: true } match && times.Parse(match.Groups["time"].Value) is { } at)
                lines.Add((at, Level(match.Groups["level"].Value), match.Groups["message"].Value));
            else if (lines.Count == 0) return null;
            else lines[^1] = lines[^1] with { Message = $"{lines[^1].Message}\n{line}" };
        }

        return lines;
    }

    private static string? Text(string file)
    {
        try
        {
            return new FileInfo(file).Length <= Longest ? File.ReadAllText(file, Strict) : null;
        }
        catch (Exception fault) when (fault is DecoderFallbackException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Level(string level) => level switch
    {
        "DEBUG" => "debug",
        "WARNING" => "warning",
        "ERROR" => "error",
        "CRITICAL" => "critical",
        _ => "information",
    };

    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[(?<level>[A-Z]+) *\] (?<message>.*)$")]
    private static partial Regex Beginning();
}
