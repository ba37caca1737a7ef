using System.Text.Json;

namespace Assay.Import;

/// <summary>Imports the runs of an exprag folder: a file for each run, with a start and what it tracked.</summary>
internal sealed class ExpragImport(string folder, ImportTarget target, RunStatus? status)
{
    // What a run of Assay has under the same names.
    private static readonly string[] Same = ["git", "host", "process"];

    private readonly ImportLedger _ledger = target.Ledger;

    /// <summary>The folder of the runs, in the folder that was named or around it.</summary>
    /// <exception cref="AssayException">There is none.</exception>
    public static string FindRuns(string folder)
    {
        string[] candidates = [Path.Combine(folder, "runs"), Path.Combine(folder, ".exprag", "runs"), folder];
        return candidates.FirstOrDefault(c => Directory.Exists(c) && Path.GetFileName(c) == "runs" && !IsOther(c))
            ?? throw RunImport.WrongFolder(folder, "exprag", "a folder with runs/*.jsonl in it, such as .exprag");
    }

    // Assay and metalab keep runs in a folder of that name, too.
    private static bool IsOther(string runs) => Path.GetDirectoryName(runs) is { } around
        && (File.Exists(Path.Combine(around, "store.json")) || File.Exists(Path.Combine(around, "_meta.json")));

    public void Run()
    {
        foreach (string file in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            if (Directory.Exists(file) || !file.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                _ledger.Leave(file, null, "no journal of a run: expected names that end with .jsonl");
                continue;
            }

            if (_ledger.Try(file, ForeignJson.Bytes) is not { } content) continue;
            foreach (ExpragRun run in Runs(file, content)) Import(file, content, run);
        }

        if (_ledger.Found > 0 && status is null)
            _ledger.Remark("exprag does not record how runs end: they are interrupted here, and 'assay best' ranks them with --any-status. "
                + "Where they went well, import again with --status success.");
    }

    private OrderedDictionary<string, ExpragRun>.ValueCollection Runs(string file, byte[] content)
    {
        var runs = new OrderedDictionary<string, ExpragRun>(StringComparer.Ordinal);
        long number = 0;
        foreach (Range place in content.AsSpan().Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = content.AsSpan(place);
            if (line.Trim(" \t\r"u8).IsEmpty) continue;
            try
            {
                var record = ExpragRecord.Parse(line, number);
                if (!runs.TryGetValue(record.RunId, out ExpragRun? run)) runs.Add(record.RunId, run = new ExpragRun(record));
                run.Add(record, line, place);
            }
            catch (JsonException fault)
            {
                if (place.End.Value < content.Length) _ledger.Damage(file, number, ForeignJson.Reason(fault));
                else _ledger.Leave(file, number, "the last line is unfinished: its writer was killed, or is writing it");
            }
        }

        return runs.Values;
    }

    private void Import(string file, byte[] content, ExpragRun source)
    {
        string? end = status is { } given ? RunStatusText.Text(given) : target.EndedAs(source.RunId);
        var receipt = new ImportReceipt("exprag", source.Id, source.Digest(), end);
        var run = new ForeignRun(source.RunId, source.Experiment, "", receipt);
        if (target.Admit(run, file, source.Start?.Line) is not { } attempt) return;
        using var journal = new ImportJournal(target, Fingerprint.Hex(run.Id));
        ImportedRun lines = journal.Begin(run, attempt);
        WriteStart(lines, file, source, receipt, attempt);
        // Parsed again, because the records of a file take several times its memory.
        foreach ((long number, Range place) in source.Others) WriteRecord(lines, file, ExpragRecord.Parse(content.AsSpan(place), number));
        if (end is not null) WriteEnd(lines, source, end, attempt);
        journal.Commit();
    }

    private void WriteStart(ImportedRun lines, string file, ExpragRun source, ImportReceipt receipt, int attempt)
    {
        ExpragRecord? start = source.Start;
        if (start is null)
            _ledger.Damage(file, null, $"run {source.Id} has no start: what it began with, its git state among it, is lost. "
                + "What it tracked came over.");

        DateTimeOffset at = start?.CreatedAt ?? source.FirstAt;
        TimeSpan elapsed = start?.Elapsed ?? TimeSpan.Zero;
        string? fault = lines.Write("run_start"u8, json => WriteStart(json, start), at, elapsed, start?.Note, start?.Rest());
        if (fault is null) return;
        _ledger.Damage(file, start?.Line, $"{fault}; the start came over without what it holds");
        lines.Write("run_start"u8, json => WriteStart(json, null), at, elapsed);

        void WriteStart(JsonBuffer json, ExpragRecord? record)
        {
            using var value = new ObjectWriter(json);
            value.Add("attempt").Integer(attempt);
            JsonProperty[] members = record is null ? [] : [.. record.Value.EnumerateObject()];
            value.All(members.Where(m => Same.Contains(JsonObjects.Name(m))));
            bool hasMetadata = ForeignJson.TryMember(record?.Value ?? default, "metadata", out JsonElement metadata);
            receipt.Write(value, hasMetadata ? metadata : null, more =>
            {
                more.Text("file", _ledger.Relative(file)).Text("exprag_version", record?.Version);
                JsonProperty[] others = [.. members.Where(m => JsonObjects.Name(m) != "metadata" && !Same.Contains(JsonObjects.Name(m)))];
                if (others.Length == 0) return;
                using ObjectWriter rest = more.Object("more");
                rest.All(others);
            });
        }
    }

    private void WriteRecord(ImportedRun lines, string file, ExpragRecord record)
    {
        string? fault = record.Kind switch
        {
            "track" => lines.Write(
                "track"u8, json => json.Raw(ForeignJson.Raw(record.Value)), record.CreatedAt, record.Elapsed, record.Note, record.Rest()),
            ExpragRecord.RunStart => "a second start of the run",
            _ => $"a record of the kind '{record.Kind}', which exprag 0.1 does not have",
        };
        if (fault is null) _ledger.Values++;
        else _ledger.Leave(file, record.Line, fault);
    }

    private static void WriteEnd(ImportedRun lines, ExpragRun source, string end, int attempt)
    {
        lines.Write("run_end"u8, json =>
        {
            using var value = new ObjectWriter(json);
            value.Text("status", end).Add("attempt").Integer(attempt);
            value.Add("duration_ms").Real(source.LongestElapsed.TotalMilliseconds);
            value.Object("metrics").Dispose();
        }, source.LastAt, source.LongestElapsed);
    }
}
