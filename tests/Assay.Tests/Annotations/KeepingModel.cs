using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Tests.Annotations;

/// <summary>What runs a store should show, kept in plain lists beside journals that are written by hand.</summary>
internal sealed class KeepingModel(string store, Random random)
{
    private const int Ids = 9;

    private readonly List<Attempt> _attempts = [];
    private readonly List<(string Id, Attempt About, string Text)> _notes = [];
    private readonly List<(string Id, Attempt About, string Tag, bool IsAdded)> _tags = [];
    private int _journals;
    private int _clock;

    /// <summary>The runs by what decides which are shown, by id.</summary>
    public IEnumerable<string> Runs => Shown().OrderBy(s => s.Id, StringComparer.Ordinal).Select(s =>
        $"{s.Id} {s.Number}/{Present(s.Id).Count()} {(s.Succeeds ? "Success" : "Interrupted")} [{string.Join('|', Tags(s))}] [{Notes(s)}]");

    private string Notes(Attempt shown) =>
        string.Join('|', _notes.Where(n => n.Id == shown.Id && n.About.State == State.Present).Select(n => n.Text));

    public static string Text(RunRecord run) =>
        $"{run.Id} {run.Attempt}/{run.Attempts} {run.Status} [{string.Join('|', run.Tags)}] "
            + $"[{string.Join('|', run.Notes.Select(n => n.Text))}]";

    public IEnumerable<string> Restorable =>
        _attempts.Where(a => a.State == State.Removed).Select(a => a.Id).Distinct().Order(StringComparer.Ordinal);

    public IEnumerable<string> Journals => _attempts.Select(a => a.Journal).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The addresses of what the runs that are not removed recorded.</summary>
    public IEnumerable<string> Artifacts => _attempts.Where(a => a.State == State.Present)
        .SelectMany(a => (string[])[Hash(a.Own), Hash(Common)]).Distinct().Order(StringComparer.Ordinal);

    private static string Common => "the same in every run";

    /// <summary>A session comes and goes: it makes some runs, each as the attempt that resuming would give it.</summary>
    public void Session()
    {
        string journal = $"2026-{_journals++:000}.jsonl";
        var lines = new StringBuilder(
            Line(new string('0', 32), "session_start", """{"version":"1","fingerprints":{"code":"c","context":"k"} }"""));
        foreach (int run in Enumerable.Range(1, Ids).OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
        {
            string id = run.ToString("x32", CultureInfo.InvariantCulture);
            int number = _attempts.Where(a => a.Id == id).Select(a => a.Number).DefaultIfEmpty().Max() + 1;
            string[] tags = random.Next(2) == 0 ? [] : [.. "abc".Where(_ => random.Next(2) == 0).Select(c => c.ToString())];
            var attempt = new Attempt(id, journal, number, Succeeds: random.Next(4) > 0, tags);
            _attempts.Add(attempt);
            string quoted = string.Join(',', tags.Select(t => $"\"{t}\""));
            lines.Append(Line(id, "run_start", $$"""{"attempt":{{number}},"version":"1","params":{"n":1},"tags":[{{quoted}}]}"""));
            foreach (string content in (string[])[attempt.Own, Common])
            {
                string file = $"\"size\":{content.Length},\"sha256\":\"{Put(content)}\"";
                lines.Append(Line(id, "artifact", $$"""{"name":"x","kind":"text","format":"txt",{{file}} }"""));
            }

            if (attempt.Succeeds)
                lines.Append(Line(id, "run_end", $$"""{"status":"success","attempt":{{number}},"duration_ms":1.5,"metrics":{} }"""));
        }

        File.WriteAllText(Path.Combine(store, "runs", journal), lines.ToString());
    }

    public void Note(RunRecord run, string text) => _notes.Add((run.Id, ShownOf(run.Id), text));

    public void Tag(RunRecord run, string tag, bool isAdded) => _tags.Add((run.Id, ShownOf(run.Id), tag, isAdded));

    public void Remove(string id)
    {
        foreach (Attempt attempt in Present(id)) attempt.State = State.Removed;
    }

    public void Restore(string id)
    {
        foreach (Attempt attempt in _attempts.Where(a => a.Id == id && a.State == State.Removed)) attempt.State = State.Present;
    }

    /// <summary>Every removed attempt has something of its own to free, so none can be restored afterwards.</summary>
    public void CleanUp()
    {
        foreach (Attempt attempt in _attempts.Where(a => a.State == State.Removed)) attempt.State = State.Freed;
        string[] gone = [.. _attempts.GroupBy(a => a.Journal).Where(g => g.All(a => a.State == State.Freed)).Select(g => g.Key)];
        _attempts.RemoveAll(a => gone.Contains(a.Journal));
    }

    private IEnumerable<Attempt> Present(string id) => _attempts.Where(a => a.Id == id && a.State == State.Present);

    private IEnumerable<Attempt> Shown() => _attempts.Where(a => a.State == State.Present).GroupBy(a => a.Id)
        .Select(g => g.Where(a => a.Succeeds).MaxBy(a => a.Number) ?? g.MaxBy(a => a.Number)!);

    private Attempt ShownOf(string id) => Shown().Single(s => s.Id == id);

    private IEnumerable<string> Tags(Attempt shown)
    {
        List<string> tags = [.. shown.Tags];
        foreach ((string id, Attempt about, string tag, bool isAdded) in _tags)
        {
            if (id != shown.Id || about.State != State.Present) continue;
            if (!isAdded) tags.Remove(tag);
            else if (!tags.Contains(tag)) tags.Add(tag);
        }

        return tags;
    }

    private string Put(string content)
    {
        string hash = Hash(content), path = Path.Combine(store, "artifacts", hash[..2], hash[2..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return hash;
    }

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private string Line(string id, string kind, string value)
    {
        string time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_clock++)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'", CultureInfo.InvariantCulture);
        return $$"""{"schema_version":1,"assay_version":"0.1.0","run_id":"{{id}}","experiment_name":"exp","kind":"{{kind}}","value":"""
            + $$"""{{value}},"created_at":"{{time}}","elapsed_ms":0}""" + "\n";
    }

    private enum State
    {
        Present,
        Removed,
        Freed,
    }

    private sealed record Attempt(string Id, string Journal, int Number, bool Succeeds, string[] Tags)
    {
        public State State { get; set; }

        public string Own => $"own {Id} {Number} {Journal}";
    }
}
