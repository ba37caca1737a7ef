using System.Globalization;
using System.Text;

namespace Assay.Tests.Index;

/// <summary>Journals that grow, tear, repeat themselves, are damaged, cut, replaced and removed, by chance with a fixed seed.</summary>
internal sealed class RandomJournals(string store, int seed)
{
    private static readonly string[] Names = ["lr", "size", "nested", "Odd_Name", "a.b", "größe", "status"];

    // As they stand in journals: every kind of value, also some that only other programs write.
    private static readonly string[] Values =
    [
        "1", "-7", "9007199254740993", "18446744073709551615", "-0", "0.5", "-0.0", "1.0", "1e3", "1e999", "12345678901234567890123",
        "true", "false", "null", "\"text\"", "\"grö\\u00dfe \\\"\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"NaN\"", "\"-Infinity\"",
        "[]", "[1, 2.0,\"x\"]", "{}", "{\"deep\":{\"er\":1},\"b\":null}", "\"\"",
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _unfinished = [];
    private int _clock;

    /// <summary>The journal whose last line is unfinished, and what is missing of it.</summary>
    private (string Path, byte[] Left)? _torn;

    private string Folder => Path.Combine(store, "runs");

    public string[] Journals => Directory.GetFiles(Folder, "*.jsonl");

    /// <summary>Something happens to the journals that only adds to them.</summary>
    public void Grow()
    {
        string journal = _torn is { } torn ? torn.Path : Pick();
        var lines = new StringBuilder();
        for (int i = _random.Next(1, 12); i > 0; i--) lines.Append(Line(journal)).Append('\n');
        byte[] bytes = Encoding.UTF8.GetBytes(lines.ToString());
        if (_torn is { } unfinished)
        {
            Append(journal, [.. unfinished.Left, .. bytes]);
            _torn = null;
            return;
        }

        int cut = _random.Next(4) == 0 ? _random.Next(bytes.Length) : bytes.Length;
        Append(journal, bytes[..cut]);
        if (cut < bytes.Length) _torn = (journal, bytes[cut..]);
    }

    /// <summary>Something happens to the journals that should not.</summary>
    public void Suffer()
    {
        string[] all = Journals;
        if (all.Length == 0) return;
        string journal = all[_random.Next(all.Length)];
        byte[] bytes = File.ReadAllBytes(journal);
        _torn = _torn is { } torn && torn.Path == journal ? null : _torn;
        switch (_random.Next(5))
        {
            case 0: File.Delete(journal); break;
            case 1: File.WriteAllBytes(journal, bytes[.._random.Next(bytes.Length + 1)]); break;
            case 2 when bytes.Length > 0:
                // Invalid in UTF-8, so that both readings agree on what it is.
                bytes[_random.Next(bytes.Length)] = 0xFF;
                File.WriteAllBytes(journal, bytes);
                break;
            case 3:
                File.Delete(journal);
                Append(journal, Encoding.UTF8.GetBytes(Head("other") + "\n" + Line(journal) + "\n"));
                break;
            default: File.SetLastWriteTimeUtc(journal, File.GetLastWriteTimeUtc(journal).AddSeconds(_random.Next(-10, 10))); break;
        }
    }

    private string Pick()
    {
        string[] all = Journals;
        if (all.Length > 0 && _random.Next(5) > 0) return all[_random.Next(all.Length)];
        // Names need not come in the order of time.
        string journal = Path.Combine(Folder, $"{_random.Next(1000):000}-{all.Length}.jsonl");
        if (File.Exists(journal)) return journal;
        string head = _random.Next(8) == 0 ? "not a head" : Head(_random.Next(3) == 0 ? "other" : "exp");
        Append(journal, Encoding.UTF8.GetBytes(head + "\n"));
        return journal;
    }

    private static void Append(string journal, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(journal)!);
        using var stream = new FileStream(journal, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(bytes);
    }

    private string Head(string experiment)
    {
        const string Value = """{"version":"1","fingerprints":{"code":"c0de0000","context":"c0"}}""";
        return Envelope(new string('0', 32), experiment, "session_start", Value);
    }

    private string Line(string journal)
    {
        string id = _random.Next(60).ToString("x32", CultureInfo.InvariantCulture);
        int attempt = _random.Next(6) == 0 ? _random.Next(1, 4) : 1;
        int what = _random.Next(20);
        if (what == 0) return "{\"torn\":";
        if (what == 1) return "";
        if (what == 2) return Envelope(id, "exp", "log", """{"level":"info","message":"m"}""");
        string run = $"{id}|{attempt}|{Path.GetFileName(journal)}";
        if (what < 10)
        {
            _unfinished.Add(run);
            return Envelope(id, Experiment(), "run_start", Start(attempt));
        }

        if (_unfinished.Count > 0 && what < 19)
        {
            string[] parts = _unfinished[_random.Next(_unfinished.Count)].Split('|');
            return Envelope(parts[0], Experiment(), "run_end", End(int.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        return Envelope(id, Experiment(), "run_end", End(attempt));
    }

    private string Experiment() => _random.Next(12) switch { 0 => "", 1 => "other", _ => "exp" };

    private string Start(int attempt)
    {
        string seed = _random.Next(4) == 0 ? "\"seed\":7" : $"\"seed\":{{\"base\":42,\"replicate\":{_random.Next(3)}}}";
        string tags = _random.Next(3) == 0 ? ",\"tags\":[\"a\",\"b, c\",\"a\"]" : "";
        string labels = _random.Next(3) == 0 ? $",\"labels\":{Members(2)}" : "";
        string twice = _random.Next(15) == 0 ? $",\"par\\u0061ms\":{Members(2)}" : "";
        return $"{{\"index\":{_random.Next(9)},\"attempt\":{attempt},\"version\":\"1\",\"params\":{Members(4)},{seed}{labels},"
            + $"\"fingerprints\":{{\"params\":\"p\",\"context\":\"c0\",\"code\":\"c0de0000aa\"}}{tags}{twice}}}";
    }

    private string End(int attempt)
    {
        string tags = _random.Next(4) == 0 ? ",\"tags\":[\"late\",\"a\"]" : "";
        string metrics = $",\"metrics\":{Members(4)}";
        string end = $"\"attempt\":{attempt},\"duration_ms\":{_random.Next(1, 100)}.25{metrics}{tags}";
        return _random.Next(5) switch
        {
            0 => $"{{\"status\":\"cancelled\",{end}}}",
            1 => $"{{\"status\":\"failed\",{end},\"error\":{Error()}}}",
            _ => $"{{\"status\":\"success\",{end}}}",
        };
    }

    private string Error()
    {
        string kind = _random.Next(2) == 0 ? "infrastructure" : "exception";
        return $"{{\"kind\":\"{kind}\",\"type\":\"T\",\"message\":\"m\\ud800{_random.Next(3)}\",\"stack\":null}}";
    }

    // In some journals every value is of one kind, as in real ones; in others of any.
    private string Members(int most)
    {
        bool isWild = _random.Next(3) == 0;
        IEnumerable<string> names = isWild
            ? Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Names[_random.Next(Names.Length)])
            : Names.Take(most);
        string Plain(int place) => place % 2 == 0 ? $"{_random.Next(4)}.5" : $"{_random.Next(4)}";
        string Value(int place) => isWild ? Values[_random.Next(Values.Length)] : Plain(place);
        return "{" + string.Join(',', names.Select((n, i) => $"\"{n}\":{Value(i)}")) + "}";
    }

    private string Envelope(string id, string experiment, string kind, string value)
    {
        // Several lines share a moment, and not all come in order.
        _clock += _random.Next(3) - (_random.Next(10) == 0 ? 5 : 0);
        string time = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc).AddTicks((_clock * 1000L) + 1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'", CultureInfo.InvariantCulture);
        if (_random.Next(200) == 0) time = "1066-10-14T09:00:00.0000000+00:00";
        return $"{{\"schema_version\":1,\"assay_version\":\"0.1.0\",\"run_id\":\"{id}\",\"experiment_name\":\"{experiment}\","
            + $"\"kind\":\"{kind}\",\"value\":{value},\"created_at\":\"{time}\",\"elapsed_ms\":0}}";
    }
}
