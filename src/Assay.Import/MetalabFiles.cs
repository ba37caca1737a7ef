using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Import;

/// <summary>A folder of metalab's file store: the runs of an experiment and what belongs to them.</summary>
internal sealed class MetalabFolder(string path)
{
    private static readonly string[] OfRuns = ["runs", "derived", "artifacts", "results", "logs", "experiments", ".locks", "_meta.json"];

    public string Address => path;

    public string Record(string id) => In("runs", id + ".json");

    public string Derived(string id) => In("derived", id + ".json");

    public string Artifacts(string id) => In("artifacts", id);

    public string Results(string id) => In("results", id);

    public string In(params string[] parts) => Path.Combine([path, .. parts]);

    /// <summary>The folder itself, or those in it: metalab keeps one for each experiment in a common one.</summary>
    /// <exception cref="AssayException">There is none.</exception>
    public static IReadOnlyList<MetalabFolder> Find(string folder)
    {
        string[] found = IsOne(folder) ? [folder]
            : Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(IsOne).Order(StringComparer.Ordinal)] : [];
        return found.Length > 0 ? [.. found.Select(f => new MetalabFolder(f))] : throw RunImport.WrongFolder(
            folder, "metalab", "a folder with _meta.json and runs/*.json in it, or one whose folders are such");
    }

    /// <summary>The files and folders in a sub-folder, in order of their names; none where it is missing.</summary>
    public string[] Entries(string name) =>
        Directory.Exists(In(name)) ? [.. Directory.EnumerateFileSystemEntries(In(name)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Every file in a folder and below, and every link, which is not followed; none where the folder is missing.</summary>
    public static string[] Files(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        var entries = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
        {
            ShouldRecursePredicate = (ref entry) => !IsLink(entry),
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(entry),
        };
        return [.. entries.Order(StringComparer.Ordinal)];

        static bool IsLink(in FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
    }

    /// <summary>What lies beside the folders of runs: settings of clusters and the like.</summary>
    public IEnumerable<string> Others() => Entries("").Where(e => !OfRuns.Contains(Path.GetFileName(e)));

    // A store of Assay has a folder of runs, too; its description distinguishes it.
    private static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, "_meta.json")) && Directory.Exists(Path.Combine(folder, "runs"));
}

/// <summary>A run's log as metalab writes it: a time, a level and a message, which may go on over further lines.</summary>
internal static partial class MetalabLog
{
    private const long Longest = 64 << 20;
    private static readonly Dictionary<string, string> Levels =
        new() { ["DEBUG"] = "debug", ["WARNING"] = "warning", ["ERROR"] = "error", ["CRITICAL"] = "critical" };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The lines; null when the file is of another form, too long to be cut into lines, or cannot be read.</returns>
    public static IReadOnlyList<(DateTimeOffset At, string Level, string Message)>? Read(string file, MetalabTimes times)
    {
        if (Text(file) is not { } text) return null;
        var lines = new List<(DateTimeOffset At, string Level, string Message)>();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (Beginning().Match(line) is { Success: true } match && times.Parse(match.Groups["time"].Value) is { } at)
                lines.Add((at, Levels.GetValueOrDefault(match.Groups["level"].Value, "information"), match.Groups["message"].Value));
            else if (lines.Count == 0) return null;
            else lines[^1] = lines[^1] with { Message = $"{lines[^1].Message}\n{line}" };
        }

        return lines;
    }

    private static string? Text(string file)
    {
        try
        {
            StoreEntry.RequireOwn(file);
            return new FileInfo(file).Length <= Longest ? File.ReadAllText(file, Strict) : null;
        }
        catch (Exception fault) when (fault is DecoderFallbackException or IOException or UnauthorizedAccessException or StoreException)
        {
            return null;
        }
    }


    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[(?<level>[A-Z]+) *\] (?<message>.*)$")]
    private static partial Regex Beginning();
}

/// <summary>A stepped metric as metalab keeps it: a list of step and value, without times.</summary>
internal static class MetalabSeries
{
    /// <returns>The points; null where a step is no whole number, or a value no number that a series holds exactly.</returns>
    public static IReadOnlyList<(long Step, byte[] Value)>? Points(JsonElement result)
    {
        if (ForeignJson.Text(ForeignJson.Member(result, "metadata"), "type") != "stepped_metric") return null;
        if (ForeignJson.Member(result, "data") is not { ValueKind: JsonValueKind.Array } data) return null;
        var points = new List<(long, byte[])>();
        foreach (JsonElement point in data.EnumerateArray())
        {
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() != 2) return null;
            if (!point[0].TryInteger(out long step) || !IsExact(point[1])) return null;
            points.Add((step, ForeignJson.Raw(point[1])));
        }

        return points.Count > 0 ? points : null;
    }

    public static void Write(ObjectWriter value, string name, IReadOnlyList<(long Step, byte[] Value)> points)
    {
        value.Text("name", name).List("steps", points, (json, point) => json.Integer(point.Step));
        value.List("values", points, (json, point) => json.Raw(point.Value)).List("time_ms", points, (json, _) => json.Integer(0));
    }

    // Values of series are real numbers: a whole number that is none stays data.
    private static bool IsExact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonObjects.Text(value) is "NaN" or "Infinity" or "-Infinity",
        JsonValueKind.Number when value.TryInteger(out long whole) => whole is >= -(1L << 53) and <= 1L << 53,
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') && double.IsFinite(value.GetDouble()),
        _ => false,
    };
}

/// <summary>Times of metalab: local times of the machine that ran, without a zone. Not thread-safe.</summary>
internal sealed class MetalabTimes(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>The number of times that occurred twice or never, because the clocks were changed.</summary>
    public int Doubtful { get; private set; }

    public DateTimeOffset? Parse(string? text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)) return null;
        // With a zone after all.
        if (time.Kind != DateTimeKind.Unspecified)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact)
                ? exact.ToUniversalTime() : null;
        }

        if (zone.IsAmbiguousTime(time) || zone.IsInvalidTime(time)) Doubtful++;
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
