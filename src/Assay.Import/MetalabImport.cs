using System.Globalization;
using System.Text.Json;

namespace Assay.Import;

/// <summary>Imports the runs of a folder of metalab: a record for each run, and in folders beside it what belongs to it.</summary>
internal sealed class MetalabImport
{
    private const string ContextManifest = "_context_manifest.json";

    private readonly MetalabFolder _folder;
    private readonly MetalabTimes _times;
    private readonly ImportTarget _target;
    private readonly ImportLedger _ledger;
    private readonly JsonElement[] _manifests;
    private readonly (string Id, string Experiment)[] _records;
    private readonly HashSet<string> _ids;
    private readonly ILookup<string, (string Name, string File)> _logs;

    private MetalabImport(MetalabFolder folder, MetalabTimes times, ImportTarget target)
    {
        (_folder, _times, _target, _ledger) = (folder, times, target, target.Ledger);
        _manifests = [.. folder.Entries("experiments").Select(_ledger.TryObject).OfType<JsonElement>()];
        _records = [.. folder.Entries("runs").Where(IsRecord).Select(Read).OfType<MetalabRecord>().Select(r => (r.Id, r.Experiment))];
        _ids = [.. _records.Select(r => r.Id)];
        _logs = folder.Entries("logs").Select(f => (File: f, Run: RunOf(f))).Where(l => l.Run is not null)
            .ToLookup(l => l.Run!.Value.Id, l => (l.Run!.Value.Name, l.File));
    }

    public static void Run(IReadOnlyList<MetalabFolder> folders, ImportTarget target, TimeZoneInfo zone)
    {
        var times = new MetalabTimes(zone);
        foreach (MetalabFolder folder in folders) new MetalabImport(folder, times, target).Run();
        if (target.Ledger.Found > 0)
            target.Ledger.Remark($"metalab writes times without a zone: they were taken as of {zone.Id} (--time-zone names another).");
        if (times.Doubtful > 0)
            target.Ledger.Remark($"{times.Doubtful} times lie where the clocks of {zone.Id} were changed: they may be an hour off.");
    }

    private void Run()
    {
        foreach (IGrouping<string, string> group in _records.GroupBy(r => r.Experiment, r => r.Id, StringComparer.Ordinal))
            Import(new MetalabExperiment(group.Key, _manifests), group);
        LeaveOthers([.. _records.Select(r => r.Experiment)]);
    }

    private void Import(MetalabExperiment experiment, IEnumerable<string> ids)
    {
        ImportJournal? journal = null;
        foreach (string id in ids)
        {
            // Read again: of all records at once only the ids are kept.
            string file = _folder.Record(id);
            if (Read(file) is not { } record || Digest(record) is not { } digest) continue;
            var receipt = new ImportReceipt("metalab", id, digest, null);
            var run = new ForeignRun(record.RunId, experiment.Name, experiment.Version, receipt);
            if (_target.Admit(run, file) is not { } attempt) continue;
            journal ??= Begin(experiment, record, run);
            new MetalabRun(_folder, experiment, record, _times, _target, journal.Begin(run, attempt)).Write(receipt, attempt, _logs[id]);
            if (!journal.IsFull) continue;
            journal.Commit();
            journal = null;
        }

        journal?.Commit();
    }

    private ImportJournal Begin(MetalabExperiment experiment, MetalabRecord first, ForeignRun run)
    {
        DateTimeOffset at = _times.Parse(first.Text("started_at")) ?? DateTimeOffset.UnixEpoch;
        string time = at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string slug = new([.. experiment.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        var journal = new ImportJournal(_target, $"{time}-{slug}-{Fingerprint.Hex(run.Id)[..8]}");
        string file = _folder.In(experiment.Id + ContextManifest);
        JsonElement? context = File.Exists(file) ? _ledger.Try<JsonElement?>(file, f => ForeignJson.Read(f)) : null;
        string? fault = journal.Lines(run).Write(
            "session_start"u8, json => experiment.WriteSession(json, context, _folder.Address), at, TimeSpan.Zero);
        if (fault is not null) _ledger.Damage(_folder.Address, null, $"{fault}; the manifests of '{experiment.Id}' were left");
        return journal;
    }

    private bool IsRecord(string file)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal)) return true;
        // Workers on a cluster write a file .done beside the record of a success.
        if (!file.EndsWith(".done", StringComparison.Ordinal))
            _ledger.Leave(file, null, "no record of a run: expected names that end with .json");
        return false;
    }

    private MetalabRecord? Read(string file)
    {
        MetalabRecord? record = _ledger.Try(file, MetalabRecord.Read);
        if (record is null || record.Id == Path.GetFileNameWithoutExtension(file)) return record;
        _ledger.Leave(file, null, $"its run_id is '{record.Id}'; expected that of its name");
        return null;
    }

    private string? Digest(MetalabRecord record)
    {
        try
        {
            return record.Digest(_folder, _logs[record.Id].Select(l => l.File));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _ledger.Damage(_folder.Record(record.Id), null,
                $"what belongs to the run cannot be read: {fault.Message} The run was left; make it readable and import again.");
            return null;
        }
    }

    // The logs of runs/ID.json are logs/ID_NAME.log; earlier versions wrote LABEL_ID8_NAME.log.
    private (string Id, string Name)? RunOf(string log)
    {
        if (!log.EndsWith(".log", StringComparison.Ordinal) || Directory.Exists(log))
        {
            _ledger.Leave(log, null, "no log of a run: expected a name such as RUN_run.log");
            return null;
        }

        string[] parts = Path.GetFileName(log)[..^".log".Length].Split('_');
        if (_ids.Contains(parts[0])) return (parts[0], parts.Length > 1 ? string.Join('_', parts[1..]) : "log");
        for (int at = 0; at + 1 < parts.Length; at++)
        {
            if (parts[at].Length == 8 && _ids.Where(i => i.StartsWith(parts[at], StringComparison.Ordinal)).Take(2).ToArray() is [var id])
                return (id, string.Join('_', parts[(at + 1)..]));
        }

        _ledger.Leave(log, null, "a log of a run that has no record");
        return null;
    }

    private void LeaveOthers(HashSet<string> experiments)
    {
        bool IsOfRun(string file, string extension) =>
            file.EndsWith(extension, StringComparison.Ordinal) && _ids.Contains(Path.GetFileName(file)[..^extension.Length]);
        Leave(_folder.Entries("derived").Where(f => !IsOfRun(f, ".json")), "derived metrics of a run that has no record");
        Leave(_folder.Entries("artifacts").Where(f => !IsOfRun(f, "")), "artifacts of a run that has no record");
        Leave(_folder.Entries("results").Where(f => !IsOfRun(f, "")), "results of a run that has no record");
        Leave(
            _folder.Others().Where(f => !experiments.Any(e => Path.GetFileName(f) == e + ContextManifest)),
            "not of a run: settings of a cluster, or a file that is none of metalab's");
        foreach (string id in _manifests.Select(m => ForeignJson.Text(m, "experiment_id") ?? "").Distinct().Except(experiments))
            _ledger.Leave(_folder.In("experiments"), null, $"the manifest of '{id}', which has no runs");

        void Leave(IEnumerable<string> files, string reason)
        {
            foreach (string file in files) _ledger.Leave(file, null, reason);
        }
    }
}
