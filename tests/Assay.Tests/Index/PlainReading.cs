using System.Globalization;
using System.Text.Json;

namespace Assay.Tests.Index;

/// <summary>
/// All journals of a store read from beginning to end, line by line, and folded in the plainest way there is. What the index is compared
/// with; it shares no code with it but the way JSON values become .NET values.
/// </summary>
internal sealed class PlainReading
{
    private readonly List<Line> _lines = [];
    private readonly Func<string, bool> _isAlive;

    private PlainReading(Func<string, bool> isAlive) => _isAlive = isAlive;

    /// <summary>Damaged lines by file and offset.</summary>
    public List<(string File, long Offset, long Line)> Damage { get; } = [];

    public IReadOnlyList<PlainRun> Runs { get; private set; } = [];

    /// <param name="store">The store's folder.</param>
    /// <param name="experiment">Only runs that belong to it; null for all.</param>
    /// <param name="isAlive">Whether the writer of a journal lives.</param>
    public static PlainReading Of(string store, string? experiment, Func<string, bool> isAlive)
    {
        var reading = new PlainReading(isAlive);
        string[] journals = [.. Directory.GetFiles(Path.Combine(store, "runs"), "*.jsonl").Order(StringComparer.Ordinal)];
        var unsure = new HashSet<int>();
        for (int i = 0; i < journals.Length; i++)
        {
            byte[] bytes = Bytes(journals[i]);
            (string? name, string? version) = Head(bytes);
            if (experiment is not null && name is not null && name != experiment) continue;
            if (name is null || version is null) unsure.Add(i);
            reading.Scan(journals[i], i, bytes);
        }

        IEnumerable<PlainRun?> runs = reading._lines.GroupBy(l => l.Id)
            .Select(g => reading.Fold([.. g.Order()], journals, unsure, experiment));
        reading.Runs = [.. runs.OfType<PlainRun>().OrderBy(r => r.StartedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
        return reading;
    }

    private static byte[] Bytes(string journal)
    {
        using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Of a first line, as much is believed as can be read.
    private static (string? Name, string? Version) Head(byte[] bytes)
    {
        int end = Array.IndexOf(bytes, (byte)'\n');
        string line = System.Text.Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end);
        if (Parse(System.Text.Encoding.UTF8.GetBytes(line)) is not { } head) return (null, null);
        try
        {
            string? name = head.GetProperty("experiment_name").GetString();
            return (name, head.GetProperty("value").TryGetProperty("version", out JsonElement version) ? version.GetString() : null);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private void Scan(string journal, int number, byte[] bytes)
    {
        for (int from = 0, line = 1; from < bytes.Length; line++)
        {
            int length = bytes.AsSpan(from).IndexOf((byte)'\n');
            bool isTorn = length < 0;
            if (isTorn) length = bytes.Length - from;
            ReadOnlySpan<byte> text = bytes.AsSpan(from, length);
            if (Parse(text) is { } json && Line.Of(json, number, from) is { } read)
            {
                if (read.Kind is "run_start" or "run_end") _lines.Add(read);
            }
            else if (!isTorn && !text.Trim(" \t\r"u8).IsEmpty)
            {
                Damage.Add((journal, from, line));
            }

            from += length + 1;
        }
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(line)) return null;
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Lines are sorted by attempt, then journal, then start before end, then place.
    private PlainRun? Fold(Line[] lines, string[] journals, HashSet<int> unsure, string? experiment)
    {
        (Line? Start, Line? End)? latest = null, counting = null;
        int attempts = 0, latestAttempt = -1;
        for (int i = 0; i < lines.Length; i++)
        {
            Line line = lines[i];
            bool isStart = line.Kind == "run_start";
            if (!isStart && i > 0 && lines[i - 1].IsSameAttempt(line) && lines[i - 1].Kind == "run_end") continue;
            bool hasEnd = isStart && i + 1 < lines.Length && lines[i + 1].Kind == "run_end" && lines[i + 1].IsSameAttempt(line);
            Line? end = isStart ? hasEnd ? lines[i + 1] : null : line;
            if (line.Attempt != latestAttempt) attempts++;
            latestAttempt = line.Attempt;
            latest = (isStart ? line : null, end);
            if (hasEnd) i++;
            if (end is { } ended && (counting is not { } best || Outranks(ended, best.End!))) counting = latest;
        }

        (Line? start, Line? shownEnd) = latest!.Value.End is null && _isAlive(journals[latest.Value.Start!.Journal])
            ? latest.Value
            : counting ?? latest.Value;
        Line shown = start ?? shownEnd!;
        RunStatus status = shownEnd is not null
            ? Enum.Parse<RunStatus>(shownEnd.Status, ignoreCase: true)
            : _isAlive(journals[shown.Journal]) ? RunStatus.Running : RunStatus.Interrupted;
        var run = new PlainRun(shown.Id, shown.Attempt, attempts, status, shown.Time, start?.Json, shownEnd?.Json);
        return experiment is null || !unsure.Contains(shown.Journal) || run.Experiment == experiment ? run : null;
    }

    private static bool Outranks(Line end, Line best)
    {
        if (end.IsConclusive != best.IsConclusive) return end.IsConclusive;
        if (end.Attempt != best.Attempt) return end.Attempt > best.Attempt;
        bool succeeds = end.Status == "success", bestSucceeds = best.Status == "success";
        return succeeds != bestSucceeds ? succeeds : end.Time > best.Time;
    }

    private sealed record Line(
        string Id, string Kind, int Attempt, int Journal, int Offset, DateTimeOffset Time, string Status, bool IsConclusive,
        JsonElement Json) : IComparable<Line>
    {
        public static Line? Of(JsonElement json, int journal, int offset)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("kind", out JsonElement kind)) return null;
            if (!json.TryGetProperty("value", out JsonElement value)) return null;
            string what = kind.GetString()!;
            if (what is not ("run_start" or "run_end")) return new Line("", what, 0, journal, offset, default, "", false, json);
            int attempt = value.TryGetProperty("attempt", out JsonElement number) ? number.GetInt32() : 1;
            string status = what == "run_end" ? value.GetProperty("status").GetString()! : "running";
            string? error = value.TryGetProperty("error", out JsonElement e) ? e.GetProperty("kind").GetString() : null;
            bool isConclusive = status == "success" || (status == "failed" && error != "infrastructure");
            var time = DateTimeOffset.Parse(json.GetProperty("created_at").GetString()!, CultureInfo.InvariantCulture);
            return new Line(json.GetProperty("run_id").GetString()!, what, attempt, journal, offset, time, status, isConclusive, json);
        }

        public bool IsSameAttempt(Line other) => Attempt == other.Attempt && Journal == other.Journal;

        public int CompareTo(Line? other)
        {
            int order = Attempt.CompareTo(other!.Attempt);
            if (order == 0) order = Journal.CompareTo(other.Journal);
            if (order == 0) order = (Kind == "run_end").CompareTo(other.Kind == "run_end");
            return order != 0 ? order : Offset.CompareTo(other.Offset);
        }
    }
}
