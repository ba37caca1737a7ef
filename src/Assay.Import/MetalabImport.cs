using System.Globalization;
using System.Text.Json;

namespace Assay.Import;

/// <summary>Imports the runs of metalab's file store: a record for each run, and in folders beside it what belongs to it.</summary>
internal sealed class MetalabImport(string folder, ImportTarget target, ImportLedger ledger, TimeZoneInfo zone) : IImport
{
    public const string Name = "metalab";

    // What a kill in the middle costs at most; and how large a journal may grow before the next begins.
    private const int RunsOfAJournal = 1000;
    private const long LengthOfAJournal = 64 << 20;

    private readonly MetalabTimes _times = new(zone);

    public void Run()
    {
        foreach (MetalabFolder each in MetalabFolder.Find(folder)) Import(each);
        if (ledger.Found > 0) ledger.Remark($"metalab writes times without a zone: they were taken as of {zone.Id} (--time-zone names another).");
        if (_times.Doubtful > 0) ledger.Remark($"{_times.Doubtful} times lie where the clocks of {zone.Id} were changed: they may be an hour off.");
    }

    private void Import(MetalabFolder of)
    {
        IReadOnlyList<JsonElement> manifests = [.. Manifests(of)];
        Dictionary<string, List<(string Name, string File)>> logs = new(StringComparer.Ordinal);
        List<(string Id, string Experiment)> records = [];
        foreach (string file in MetalabFolder.Entries(of.Runs))
        {
            // Written by workers on a cluster beside the record of a success.
            if (file.EndsWith(".done", StringComparison.Ordinal)) continue;
            if (!file.EndsWith(".json", StringComparison.Ordinal)) ledger.Leave(file, null, "no record of a run: expected names that end with .json");
            else if (Read(file) is { } record) records.Add((record.Id, record.Experiment));
        }

        HashSet<string> ids = [.. records.Select(r => r.Id)];
        foreach (string file in MetalabFolder.Entries(of.Logs)) SortLog(file, ids, logs);
        foreach (IGrouping<string, string> group in records.GroupBy(r => r.Experiment, r => r.Id, StringComparer.Ordinal)) Import(of, MetalabExperiment.Of(group.Key, manifests), group, logs);
        LeaveOthers(of, ids, [.. records.Select(r => r.Experiment)], manifests);
    }

    private MetalabRecord? Read(string file)
    {
        try
        {
            var record = MetalabRecord.Read(file);
            if (record.Id == Path.GetFileNameWithoutExtension(file)) return record;
            ledger.Leave(file, null, $"its run_id is '{record.Id}'; expected that of its name");
        }
        catch (JsonException fault)
        {
            ledger.Damage(file, null, ForeignJson.Reason(fault));
        }

        return null;
    }

    private void Import(MetalabFolder of, MetalabExperiment experiment, IEnumerable<string> runs, Dictionary<string, List<(string Name, string File)>> logs)
    {
        ImportedJournal? journal = null;
        var written = new List<(UInt128 Id, ImportReceipt Receipt, int Attempt)>();
        try
        {
            foreach (string id in runs)
            {
                // Read again: of all records at once only the ids are kept.
                IReadOnlyList<(string Name, string File)> own = logs.GetValueOrDefault(id) ?? [];
                if (Read(of.Record(id)) is not { } record || Receipt(of, record, own) is not { } receipt) continue;
                ImportedAs what = target.Ask(record.RunId, receipt, out int attempt);
                if (what == ImportedAs.Own) ledger.Leave(of.Record(id), null, $"run {id} is one the store has recorded itself");
                if (!ledger.Run(experiment.Name, experiment.Version, what)) continue;
                journal ??= Begin(of, experiment, record);
                new MetalabRun(of, experiment, record, _times, target, ledger).Write(journal, receipt, attempt, own);
                written.Add((record.RunId, receipt, attempt));
                if (written.Count >= RunsOfAJournal || journal.Length >= LengthOfAJournal) Commit(ref journal, written);
            }

            Commit(ref journal, written);
        }
        finally
        {
            journal?.Dispose();
        }
    }

    private ImportReceipt? Receipt(MetalabFolder of, MetalabRecord record, IReadOnlyList<(string Name, string File)> logs)
    {
        try
        {
            return new ImportReceipt(Name, record.Id, record.Digest(of, logs.Select(l => l.File)), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ledger.Damage(of.Record(record.Id), null, $"what belongs to the run cannot be read: {fault.Message} The run was left; make it readable and import again.");
            return null;
        }
    }

    private ImportedJournal Begin(MetalabFolder of, MetalabExperiment experiment, MetalabRecord first)
    {
        DateTimeOffset at = _times.Parse(ForeignJson.Text(first.Root, "started_at")) ?? DateTimeOffset.UnixEpoch;
        string slug = new([.. experiment.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        var journal = ImportedJournal.Begin(target.Storage, $"{at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{slug}-{Fingerprint.Hex(first.RunId)[..8]}", target.DryRun);
        JsonElement? context = Context(of, experiment);
        string? fault = new ImportedRun(journal, experiment.Name, first.RunId).Write("session_start"u8, json => MetalabStart.WriteSession(json, experiment, context, of.Path), at, TimeSpan.Zero);
        if (fault is not null) ledger.Damage(of.Path, null, $"{fault}; the manifests of '{experiment.Id}' were left");
        return journal;
    }

    private void Commit(ref ImportedJournal? journal, List<(UInt128 Id, ImportReceipt Receipt, int Attempt)> written)
    {
        journal?.Commit();
        journal = null;
        foreach ((UInt128 id, ImportReceipt receipt, int attempt) in written) target.Remember(id, receipt, attempt);
        written.Clear();
    }

    private JsonElement? Context(MetalabFolder of, MetalabExperiment experiment)
    {
        string file = of.In(experiment.Id + ContextManifest);
        try
        {
            if (!File.Exists(file)) return null;
            using JsonDocument document = ForeignJson.Read(file);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            ledger.Damage(file, null, ForeignJson.Reason(fault));
            return null;
        }
    }

    private const string ContextManifest = "_context_manifest.json";

    private IEnumerable<JsonElement> Manifests(MetalabFolder of)
    {
        foreach (string file in MetalabFolder.Entries(of.In("experiments")))
        {
            JsonElement? manifest = null;
            try
            {
                using JsonDocument document = ForeignJson.Read(file);
                if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("expected a JSON object");
                manifest = document.RootElement.Clone();
            }
            catch (JsonException fault)
            {
                ledger.Damage(file, null, ForeignJson.Reason(fault));
            }

            if (manifest is { } sound) yield return sound;
        }
    }

    // Of runs/ID.json the logs are logs/ID_NAME.log; earlier versions wrote LABEL_ID8_NAME.log.
    private void SortLog(string file, HashSet<string> ids, Dictionary<string, List<(string Name, string File)>> logs)
    {
        string name = Path.GetFileName(file);
        if (!name.EndsWith(".log", StringComparison.Ordinal) || Directory.Exists(file))
        {
            ledger.Leave(file, null, "no log of a run: expected a name such as RUN_run.log");
            return;
        }

        string title = name[..^".log".Length];
        string? id = ids.Contains(title.Split('_')[0]) ? title.Split('_')[0] : null;
        string rest = id is null ? title : title.Length > id.Length ? title[(id.Length + 1)..] : "log";
        if (id is null)
        {
            string[] parts = title.Split('_');
            int at = Array.FindIndex(parts, p => p.Length == 8 && ids.Count(i => i.StartsWith(p, StringComparison.Ordinal)) == 1);
            if (at >= 0 && at + 1 < parts.Length) (id, rest) = (ids.Single(i => i.StartsWith(parts[at], StringComparison.Ordinal)), string.Join('_', parts[(at + 1)..]));
        }

        if (id is null)
        {
            ledger.Leave(file, null, "a log of a run that has no record");
            return;
        }

        if (!logs.TryGetValue(id, out List<(string, string)>? own)) logs.Add(id, own = []);
        own.Add((rest, file));
    }

    private void LeaveOthers(MetalabFolder of, HashSet<string> ids, HashSet<string> experiments, IReadOnlyList<JsonElement> manifests)
    {
        foreach (string file in MetalabFolder.Entries(of.In("derived")).Where(f => !ids.Contains(Path.GetFileNameWithoutExtension(f)) || !f.EndsWith(".json", StringComparison.Ordinal))) ledger.Leave(file, null, "derived metrics of a run that has no record");
        foreach (string file in MetalabFolder.Entries(of.In("artifacts")).Where(f => !ids.Contains(Path.GetFileName(f)))) ledger.Leave(file, null, "artifacts of a run that has no record");
        foreach (string file in MetalabFolder.Entries(of.In("results")).Where(f => !ids.Contains(Path.GetFileName(f)))) ledger.Leave(file, null, "results of a run that has no record");
        foreach (string file in of.Others().Where(f => !experiments.Any(e => Path.GetFileName(f) == e + ContextManifest))) ledger.Leave(file, null, "not of a run: settings of a cluster, or a file that is none of metalab's");
        foreach (string id in manifests.Select(m => ForeignJson.Text(m, "experiment_id") ?? "").Distinct().Where(id => !experiments.Contains(id))) ledger.Leave(of.In("experiments"), null, $"the manifest of '{id}', which has no runs");
    }
}
