using System.Globalization;
using System.Numerics;
using System.Text;
using JsonRecord = System.Collections.Generic.Dictionary<string, object?>;

namespace Assay.Tests.Exprag;

/// <summary>
/// The reader that exprag publishes for coding agents, written anew in C# from the description of its functions and their results; it
/// shares no code with the library. A record is the content of a line, as Python sees it, and two fields of the reader's own:
/// <c>_source_path</c> and <c>_line_number</c>.
/// </summary>
internal static class ExpragReader
{
    private const string Missing = "<missing>";
    private static readonly object NotThere = new();

    /// <param name="root">The folder; null for what EXPRAG_DIR names, else <c>.exprag</c>.</param>
    public static string RunsDir(string? root)
    {
        string folder = root ?? Environment.GetEnvironmentVariable("EXPRAG_DIR") ?? ".exprag";
        return Path.GetFileName(folder) == "runs" ? folder : Path.Combine(folder, "runs");
    }

    public static string[] DiscoverRunFiles(string? root) =>
        Directory.Exists(RunsDir(root)) ? [.. Directory.GetFiles(RunsDir(root), "*.jsonl").Order(StringComparer.Ordinal)] : [];

    /// <exception cref="FormatException">A line is not a JSON object; the message begins with file and line.</exception>
    public static IEnumerable<JsonRecord> IterRecords(string? root, IEnumerable<string>? files = null)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (string file in files ?? DiscoverRunFiles(root))
        {
            long number = 0;
            foreach (string line in File.ReadLines(file, strict))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                JsonRecord record = Record(file, number, line);
                record["_source_path"] = file;
                record["_line_number"] = new BigInteger(number);
                yield return record;
            }
        }
    }

    public static List<JsonRecord> LoadRecords(string? root) => [.. IterRecords(root)];

    public static IEnumerable<JsonRecord> RunStartRecords(IEnumerable<JsonRecord> records) => OfKind(records, "run_start");

    public static IEnumerable<JsonRecord> TrackRecords(IEnumerable<JsonRecord> records) => OfKind(records, "track");

    /// <summary>A line for each run, the run with the latest record last.</summary>
    public static List<RunSummary> SummarizeRuns(IEnumerable<JsonRecord> records) =>
    [
        .. records.GroupBy(r => r.GetValueOrDefault("run_id") as string ?? Missing).Select(run =>
        {
            string[] times = [.. run.Select(r => r.GetValueOrDefault("created_at")).OfType<string>().Order(StringComparer.Ordinal)];
            string? name = run.Select(r => r.GetValueOrDefault("experiment_name")).OfType<string>().FirstOrDefault();
            IEnumerable<string> keys = run.Select(r => r.GetValueOrDefault("value")).OfType<JsonRecord>().SelectMany(v => v.Keys);
            return new RunSummary(
                run.Key, name, run.Count(), times.FirstOrDefault(), times.LastOrDefault(),
                [.. keys.Distinct().Order(StringComparer.Ordinal)],
                [.. run.Select(r => (string)r["_source_path"]!).Distinct().Order(StringComparer.Ordinal)]);
        }).OrderBy(r => r.LastCreatedAt, StringComparer.Ordinal),
    ];

    public static List<RunSummary> LatestRuns(IEnumerable<JsonRecord> records, int n = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return [.. SummarizeRuns(records).TakeLast(n)];
    }

    /// <summary>A time as ISO text, in UTC without a zone. Like Python's, it takes any number of fractional digits and keeps six.</summary>
    public static DateTimeOffset ParseTime(string text)
    {
        string time = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        int point = time.IndexOf('.', StringComparison.Ordinal);
        if (point > 0)
        {
            int end = point + 1;
            while (end < time.Length && char.IsAsciiDigit(time[end])) end++;
            time = time[..Math.Min(end, point + 7)] + time[end..];
        }

        return DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    /// <summary>Both ends belong to it.</summary>
    public static IEnumerable<JsonRecord> RecordsBetween(IEnumerable<JsonRecord> records, string? since, string? until) =>
        records.Where(r => r.GetValueOrDefault("created_at") is string time
            && (since is null || ParseTime(time) >= ParseTime(since)) && (until is null || ParseTime(time) <= ParseTime(until)));

    public static IEnumerable<JsonRecord> LatestRecords(IEnumerable<JsonRecord> records, int n = 20)
    {
        JsonRecord[] sorted = [.. records.OrderBy(r => r.GetValueOrDefault("created_at") as string ?? "", StringComparer.Ordinal)];
        return n == 0 ? sorted : sorted.TakeLast(n);
    }

    /// <summary>Leaves below <c>value</c>: dotted, elements of lists as <c>[]</c>, empty containers too; the most frequent first.</summary>
    public static List<ValuePathInfo> DiscoverValuePaths(IEnumerable<JsonRecord> records, int maxExamples = 3, string[]? kinds = null)
    {
        var leaves = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
        foreach (JsonRecord record in records)
        {
            if (kinds?.Contains(record.GetValueOrDefault("kind")) != false && record.TryGetValue("value", out object? value))
                Collect("value", value, leaves);
        }

        return
        [
            .. leaves.Select(leaf => new ValuePathInfo(
                leaf.Key, leaf.Value.Count, [.. leaf.Value.DistinctBy(Python.Repr).Take(maxExamples)],
                leaf.Value.TrueForAll(v => v is BigInteger or double),
                [.. leaf.Value.Select(Python.TypeName).Distinct().Order(StringComparer.Ordinal)]))
                .OrderByDescending(p => p.Count).ThenBy(p => p.Path, StringComparer.Ordinal),
        ];
    }

    public static object? GetPath(object? value, string path, object? fallback = null) =>
        GetPath(value, path.Split('.', StringSplitOptions.RemoveEmptyEntries), fallback);

    /// <summary>Follows keys, indexes, and <c>[]</c> for every element of a list; a list of steps also reaches keys with dots.</summary>
    public static object? GetPath(object? value, IReadOnlyList<string> path, object? fallback = null)
    {
        object? found = Follow(value, path, 0);
        return ReferenceEquals(found, NotThere) ? fallback : found;
    }

    /// <summary>
    /// A row for each value at a path of the record, such as <c>value.metrics.acc</c>; a list that <c>[]</c> made is spread, its outer
    /// level only.
    /// </summary>
    public static List<SelectedValue> SelectValues(IEnumerable<JsonRecord> records, string path)
    {
        string[] steps = path.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var rows = new List<SelectedValue>();
        foreach (JsonRecord record in records)
        {
            object? found = Follow(record, steps, 0);
            if (ReferenceEquals(found, NotThere)) continue;
            foreach (object? value in steps.Contains("[]") && found is List<object?> items ? items : [found])
            {
                rows.Add(new SelectedValue(
                    (string?)record.GetValueOrDefault("run_id"), (string?)record.GetValueOrDefault("experiment_name"), value,
                    (string)record["_source_path"]!, (long)(BigInteger)record["_line_number"]!));
            }
        }

        return rows;
    }

    /// <summary>Of each run, what its first start says of git; runs whose start has no git are left out.</summary>
    public static List<GitStateRow> DescribeGitStates(IEnumerable<JsonRecord> records) =>
    [
        .. RunStartRecords(records).Where(r => GetPath(r, "value.git") is JsonRecord).DistinctBy(r => r["run_id"])
            .Select(r => new GitStateRow(
            (string)r["run_id"]!, (string)r["experiment_name"]!, (string)GetPath(r, "value.git.commit")!,
            (string)GetPath(r, "value.git.branch")!, (bool)GetPath(r, "value.git.dirty")!)),
    ];

    /// <summary>What an agent is told to type.</summary>
    public static string GitCheckoutCommand(string runId, IEnumerable<JsonRecord> records)
    {
        GitStateRow? state = DescribeGitStates(records).Find(s => s.RunId == runId);
        if (state is null) return $"No git state found for run {runId}.";
        return state.Branch.StartsWith("run/", StringComparison.Ordinal)
            ? $"git checkout {state.Branch}  # snapshot of uncommitted changes; its parent is the base commit"
            : $"git checkout {state.Branch}  # clean at {state.Commit}";
    }

    public static string GitDiffBetweenRuns(string from, string to, IEnumerable<JsonRecord> records)
    {
        List<GitStateRow> states = DescribeGitStates(records);
        return states.Find(s => s.RunId == from) is { } a && states.Find(s => s.RunId == to) is { } b
            ? $"git diff {a.Commit}..{b.Commit}"
            : $"No git state found for {from} or {to}.";
    }

    private static JsonRecord Record(string file, long number, string line)
    {
        try
        {
            return PythonJson.Parse(line) as JsonRecord ?? throw new FormatException("expected a JSON object");
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{file}:{number}: {fault.Message}", fault);
        }
    }

    private static IEnumerable<JsonRecord> OfKind(IEnumerable<JsonRecord> records, string kind) =>
        records.Where(r => r.GetValueOrDefault("kind") is string k && k == kind);

    private static void Collect(string path, object? value, Dictionary<string, List<object?>> leaves)
    {
        switch (value)
        {
            case JsonRecord { Count: > 0 } members:
                foreach ((string name, object? member) in members) Collect($"{path}.{name}", member, leaves);
                return;
            case List<object?> { Count: > 0 } items:
                foreach (object? item in items) Collect($"{path}.[]", item, leaves);
                return;
        }

        if (!leaves.TryGetValue(path, out List<object?>? found)) leaves.Add(path, found = []);
        found.Add(value);
    }

    private static object? Follow(object? value, IReadOnlyList<string> path, int at)
    {
        if (at == path.Count) return value;
        string step = path[at];
        if (value is JsonRecord members) return members.TryGetValue(step, out object? member) ? Follow(member, path, at + 1) : NotThere;
        if (value is not List<object?> items) return NotThere;
        if (step == "[]")
        {
            List<object?> each = [.. items.Select(i => Follow(i, path, at + 1)).Where(i => !ReferenceEquals(i, NotThere))];
            return each.Count > 0 ? each : NotThere;
        }

        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.Count
            ? Follow(items[index], path, at + 1) : NotThere;
    }
}

/// <summary>What the reader tells of a run.</summary>
internal sealed record RunSummary(
    string RunId, string? ExperimentName, int RecordCount, string? FirstCreatedAt, string? LastCreatedAt,
    IReadOnlyList<string> ValueKeys, IReadOnlyList<string> SourcePaths);

/// <summary>What the reader tells of a path.</summary>
internal sealed record ValuePathInfo(string Path, int Count, IReadOnlyList<object?> Examples, bool IsNumeric, IReadOnlyList<string> Types);

/// <summary>A value found at a path, and where.</summary>
internal sealed record SelectedValue(string? RunId, string? ExperimentName, object? Value, string SourcePath, long LineNumber);

/// <summary>What the reader tells of a run's code.</summary>
internal sealed record GitStateRow(string RunId, string ExperimentName, string Commit, string Branch, bool Dirty);
