using System.Text.Json;

namespace Assay.Import;

/// <summary>Imports the runs of an exprag folder: a file for each run, a start and what it tracked.</summary>
internal sealed class ExpragImport(string folder, ImportTarget target, ImportLedger ledger, RunStatus? status) : IImport
{
    public const string Name = "exprag";

    /// <summary>The folder of the runs, in whatever folder around it was named.</summary>
    /// <exception cref="AssayException">There is none.</exception>
    public static string FindRuns(string folder)
    {
        foreach (string runs in (string[])[Path.Combine(folder, "runs"), Path.Combine(folder, ".exprag", "runs"), folder])
        {
            if (Directory.Exists(runs) && (runs != folder || Path.GetFileName(folder) == "runs") && !IsOther(runs)) return runs;
        }

        throw ImportFault.WrongFolder(folder, "exprag", "a folder with runs/*.jsonl in it, such as .exprag");
    }

    // Assay and metalab keep runs in a folder of that name, too.
    private static bool IsOther(string runs) => Path.GetDirectoryName(runs) is { } around && (File.Exists(Path.Combine(around, "store.json")) || File.Exists(Path.Combine(around, "_meta.json")));

    public void Run()
    {
        foreach (string file in Directory.EnumerateFileSystemEntries(FindRuns(folder)).Order(StringComparer.Ordinal))
        {
            if (Directory.Exists(file) || !file.EndsWith(".jsonl", StringComparison.Ordinal)) ledger.Leave(file, null, "no journal of a run: expected names that end with .jsonl");
            else Import(file);
        }

        if (ledger.Found > 0 && status is null) ledger.Remark("exprag does not record how runs end: they are interrupted here, and 'assay best' ranks them with --any-status. Where they went well, import again with --status success.");
    }

    private void Import(string file)
    {
        try
        {
            foreach (ExpragRun run in Survey(file)) Import(file, run);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ledger.Damage(file, null, $"cannot be read: {fault.Message}");
        }
    }

    private IEnumerable<ExpragRun> Survey(string file)
    {
        var runs = new OrderedDictionary<string, ExpragRun>(StringComparer.Ordinal);
        FileLines.Read(file, (line, number, _, whole) =>
        {
            if (line.Trim(" \t\r"u8).IsEmpty) return;
            try
            {
                using ExpragRecord record = ExpragRecord.Parse(line);
                if (!runs.TryGetValue(record.RunId, out ExpragRun? run)) runs.Add(record.RunId, run = new ExpragRun(record.RunId, record.Experiment));
                run.Add(record, line, number);
            }
            catch (JsonException fault)
            {
                if (whole) ledger.Damage(file, number, ForeignJson.Reason(fault));
                else ledger.Leave(file, number, "the last line is unfinished: its writer was killed, or is writing it");
            }
        });
        return runs.Values;
    }

    private void Import(string file, ExpragRun run)
    {
        string? told = status is { } end ? RunStatusText.Text(end) : target.EndedAs(run.RunId);
        var receipt = new ImportReceipt(Name, run.Id, run.Digest, told);
        ImportedAs what = target.Ask(run.RunId, receipt, out int attempt);
        if (what == ImportedAs.Own) ledger.Leave(file, run.StartLine, $"run {run.Id} is one the store has recorded itself");
        if (!ledger.Run(run.Experiment, "", what)) return;
        using ImportedJournal journal = ImportedJournal.Begin(target.Storage, Fingerprint.Hex(run.RunId), target.DryRun);
        var lines = new ImportedRun(journal, run.Experiment, run.RunId);
        WriteStart(lines, file, run, receipt, attempt);
        FileLines.Read(file, (line, number, _, _) => Take(lines, file, run, line, number));
        if (told is not null) WriteEnd(lines, run, told, attempt);
        journal.Commit();
        target.Remember(run.RunId, receipt, attempt);
    }

    private void WriteStart(ImportedRun lines, string file, ExpragRun run, ImportReceipt receipt, int attempt)
    {
        using ExpragRecord? start = run.Start is null ? null : ExpragRecord.Parse(run.Start);
        if (start is null) ledger.Damage(file, null, $"run {run.Id} has no start: what it began with, its git state among it, is lost. What it tracked came over.");
        string? fault = lines.Write(
            "run_start"u8, json => ExpragStart.Write(json, start, receipt, attempt, ledger.Relative(file)), start?.CreatedAt ?? run.FirstAt, start?.Elapsed ?? TimeSpan.Zero, start?.Note, start is null ? null : start.WriteRest);
        if (fault is null) return;
        ledger.Damage(file, run.StartLine, $"{fault}; the start came over without what it holds");
        lines.Write("run_start"u8, json => ExpragStart.Write(json, null, receipt, attempt, ledger.Relative(file)), start!.CreatedAt, start.Elapsed);
    }

    private void Take(ImportedRun lines, string file, ExpragRun run, ReadOnlySpan<byte> line, long number)
    {
        // What a run that lives has gained since the first reading is for the next import.
        if (number == run.StartLine || number > run.LastLine || Readable(line) is not { } record) return;
        using (record)
        {
            if (record.RunId != run.Id) return;
            if (record.Kind != ExpragRecord.Track)
            {
                ledger.Leave(file, number, record.Kind == ExpragRecord.Start ? "a second start of the run" : $"a record of the kind '{record.Kind}', which exprag 0.1 does not have");
                return;
            }

            string? fault = lines.Write("track"u8, json => json.Raw(ForeignJson.Raw(record.Value)), record.CreatedAt, record.Elapsed, record.Note, record.WriteRest);
            if (fault is null) ledger.Values++;
            else ledger.Leave(file, number, fault);
        }
    }

    // What is not was told by the first reading.
    private static ExpragRecord? Readable(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.Trim(" \t\r"u8).IsEmpty ? null : ExpragRecord.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteEnd(ImportedRun lines, ExpragRun run, string told, int attempt) => lines.Write(
        "run_end"u8,
        json => json.Raw("{\"status\":"u8).String(told).Raw(",\"attempt\":"u8).Integer(attempt).Raw(",\"duration_ms\":"u8).Real(run.LastElapsed.TotalMilliseconds).Raw(",\"metrics\":{}}"u8),
        run.LastAt, run.LastElapsed);
}
