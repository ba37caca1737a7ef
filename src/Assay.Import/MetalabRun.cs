using System.Text.Json;

namespace Assay.Import;

/// <summary>Writes one run of metalab into a journal.</summary>
internal sealed class MetalabRun(MetalabFolder folder, MetalabExperiment experiment, MetalabRecord record, MetalabTimes times, ImportTarget target, ImportLedger ledger)
{
    private const int PointsOfALine = SeriesLine.FullBlock;

    private readonly string _file = folder.Record(record.Id);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, JsonElement Value)> _derived = [];
    private DateTimeOffset _startedAt;
    private DateTimeOffset _finishedAt;
    private TimeSpan _duration;
    private ImportedRun _lines = null!;

    /// <param name="journal">Gets the lines.</param>
    /// <param name="receipt">What the run is known again by.</param>
    /// <param name="attempt">Its attempt here.</param>
    /// <param name="logs">The files of its log by the name of the log.</param>
    public void Write(ImportedJournal journal, ImportReceipt receipt, int attempt, IReadOnlyList<(string Name, string File)> logs)
    {
        _lines = new ImportedRun(journal, experiment.Name, record.RunId);
        ReadTimes();
        Told(_lines.Write("run_start"u8, json => MetalabStart.Write(json, experiment, record, receipt, attempt, ledger.Relative(_file), times.Zone.Id), _startedAt, TimeSpan.Zero), _file, "the run's start");
        WriteArtifacts();
        WriteResults();
        foreach ((string name, string file) in logs) WriteLog(name, file);
        WriteRemarks();
        ReadDerived();
        if (record.Status is { } status) Told(_lines.Write("run_end"u8, json => WriteEnd(json, status, attempt), _finishedAt, _duration), _file, "the run's end, its metrics among it");
        else KeepWithoutEnd();
    }

    private void ReadTimes()
    {
        DateTimeOffset? started = times.Parse(ForeignJson.Text(record.Root, "started_at")), finished = times.Parse(ForeignJson.Text(record.Root, "finished_at"));
        if (started is null) ledger.Damage(_file, null, "it has no time in 'started_at'; the run has that of its file");
        _startedAt = started ?? finished ?? new DateTimeOffset(File.GetLastWriteTimeUtc(_file), TimeSpan.Zero);
        _finishedAt = finished ?? _startedAt;
        const double Longest = 9e14;
        if (ForeignJson.Member(record.Root, "duration_ms") is { ValueKind: JsonValueKind.Number } ms && ms.GetDouble() is >= 0 and < Longest and var length) _duration = TimeSpan.FromMilliseconds(length);
    }

    private void WriteArtifacts()
    {
        var artifacts = new MetalabArtifacts(folder, record, ledger);
        foreach ((string name, string file, JsonElement? description) in artifacts.Find())
        {
            if (Put(file) is not var (sha256, size, _)) continue;
            artifacts.Check(description, file, target.DryRun ? null : sha256, size);
            string kind = (description is { } told ? ForeignJson.Text(told, "kind") : null) == "json" ? "json" : "file";
            WriteFile(name, kind, Format(file, description), sha256, size, json => MetalabStart.WriteArtifactMetadata(json, description), file);
        }
    }

    private static string Format(string file, JsonElement? description)
    {
        if (description is { } told && ForeignJson.Text(told, "format") is { Length: > 0 } format) return format;
        return Path.GetExtension(file).TrimStart('.').ToLowerInvariant() is { Length: > 0 } extension ? extension : "bin";
    }

    private void WriteResults()
    {
        string results = folder.Results(record.Id);
        foreach (string file in MetalabFolder.Files(results))
        {
            string name = Path.GetRelativePath(results, file).Replace('\\', '/');
            try
            {
                if (!name.EndsWith(".json", StringComparison.Ordinal)) throw new JsonException("expected a name that ends with .json");
                using JsonDocument document = ForeignJson.Read(file);
                WriteResult(name[..^".json".Length], document.RootElement, file);
            }
            catch (JsonException fault)
            {
                ledger.Damage(file, null, ForeignJson.Reason(fault));
            }
        }
    }

    private void WriteResult(string name, JsonElement result, string file)
    {
        if (result.ValueKind != JsonValueKind.Object || !ForeignJson.TryMember(result, "data", out JsonElement data)) throw new JsonException("expected the field 'data'");
        if (MetalabSeries.Points(result) is { } points)
        {
            (long, byte[])[] all = [.. points];
            for (int at = 0; at < all.Length; at += PointsOfALine)
            {
                (long, byte[])[] some = all[at..Math.Min(at + PointsOfALine, all.Length)];
                Told(_lines.Write("series"u8, json => MetalabSeries.Write(json, name, some), _finishedAt, _duration), file, "some of its points");
            }

            ledger.Values += all.Length;
            return;
        }

        byte[] content = ForeignJson.Raw(data);
        string free = Free(name, "results/", file);
        string? sha256 = content.Length > ArtifactLine.InlineLimit ? target.Put(content).Sha256 : null;
        string? fault = _lines.Write("artifact"u8, json => MetalabStart.WriteData(json, free, result, content, sha256), _finishedAt, _duration);
        // What is nested too deeply for a line stands in a file of its own.
        if (fault is not null && sha256 is null) fault = _lines.Write("artifact"u8, json => MetalabStart.WriteData(json, free, result, content, target.Put(content).Sha256), _finishedAt, _duration);
        Told(fault, file, "it");
        if (fault is null) Count(content.Length);
    }

    private void WriteLog(string name, string file)
    {
        if (name is "run" or "logging" && Lines(file) is { } lines)
        {
            foreach ((DateTimeOffset at, string level, string message) in lines)
            {
                TimeSpan elapsed = at > _startedAt ? at - _startedAt : TimeSpan.Zero;
                Told(_lines.Write("log"u8, json => json.Raw("{\"level\":"u8).String(level).Raw(",\"message\":"u8).String(message).Raw((byte)'}'), at, elapsed), file, "a line of it");
            }

            return;
        }

        if (Put(file) is not var (sha256, size, _)) return;
        WriteFile($"logs/{name}.log", "text", "log", sha256, size, json => json.Raw("{}"u8), file);
    }

    private IReadOnlyList<(DateTimeOffset At, string Level, string Message)>? Lines(string file)
    {
        try
        {
            return MetalabLog.Read(file, times);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Whoever copies the file instead says why it cannot be read.
            return null;
        }
    }

    private void WriteRemarks()
    {
        if (ForeignJson.Text(record.Root, "notes") is { Length: > 0 } note) Log("note", note);
        if (ForeignJson.Member(record.Root, "warnings") is not { ValueKind: JsonValueKind.Array } warnings) return;
        foreach (JsonElement warning in warnings.EnumerateArray()) Log("warning", warning.ValueKind == JsonValueKind.String ? JsonObjects.Text(warning) : warning.GetRawText());

        void Log(string level, string message) => Told(
            _lines.Write("log"u8, json => json.Raw("{\"level\":"u8).String(level).Raw(",\"message\":"u8).String(message).Raw((byte)'}'), _finishedAt, _duration), _file, "a remark");
    }

    private void ReadDerived()
    {
        string file = folder.Derived(record.Id);
        if (!File.Exists(file)) return;
        try
        {
            using JsonDocument document = ForeignJson.Read(file);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("expected a JSON object");
            // By whole names: one with half a surrogate pair cannot be looked up.
            HashSet<string> metrics = ForeignJson.Member(record.Root, "metrics") is { } own ? [.. own.EnumerateObject().Select(JsonObjects.Name)] : [];
            foreach (JsonProperty value in document.RootElement.Clone().EnumerateObject())
            {
                string name = "derived_" + JsonObjects.Name(value);
                while (!metrics.Add(name)) name += "_";
                _derived.Add((name, value.Value));
            }
        }
        catch (JsonException fault)
        {
            ledger.Damage(file, null, ForeignJson.Reason(fault));
        }
    }

    private void WriteEnd(JsonBuffer json, RunStatus status, int attempt)
    {
        json.Raw("{\"status\":\""u8).Raw(RunStatusText.Of(status)).Raw("\",\"attempt\":"u8).Integer(attempt).Raw(",\"duration_ms\":"u8).Real(_duration.TotalMilliseconds).Raw(",\"metrics\":"u8);
        WriteMetrics(json);
        if (ForeignJson.Member(record.Root, "tags") is { ValueKind: JsonValueKind.Array } tags) json.Raw(",\"tags\":"u8).Raw(ForeignJson.Raw(tags));
        if (record.Error is { } error) MetalabStart.WriteError(json, error, status);
        json.Raw((byte)'}');
    }

    private void WriteMetrics(JsonBuffer json)
    {
        bool first = true;
        json.Raw((byte)'{');
        if (ForeignJson.Member(record.Root, "metrics") is { } metrics) ForeignJson.Members(json, metrics.EnumerateObject(), ref first);
        foreach ((string name, JsonElement value) in _derived)
        {
            if (!first) json.Raw((byte)',');
            first = false;
            json.Key(name).Raw(ForeignJson.Raw(value));
        }

        json.Raw((byte)'}');
    }

    // Metrics stand in the end of a run; of one without an end they are data.
    private void KeepWithoutEnd()
    {
        if (ForeignJson.Text(record.Root, "status") != "running") ledger.Damage(_file, null, $"the status is {record.StatusText}; expected success, failed, cancelled or running. The run is interrupted here.");
        var metrics = new JsonBuffer();
        WriteMetrics(metrics);
        if (metrics.Length == 2) return;
        string name = Free("metrics", "record/", _file);
        Told(_lines.Write("artifact"u8, json => ArtifactLine.WriteData(json, name, metrics.ToArray(), null, null, null), _finishedAt, _duration), _file, "its metrics");
    }

    private StoredArtifact? Put(string file)
    {
        try
        {
            using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return target.Put(content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ledger.Damage(file, null, $"cannot be read: {fault.Message}");
            return null;
        }
    }

    private void WriteFile(string name, string kind, string format, string sha256, long size, Action<JsonBuffer> metadata, string file)
    {
        string free = Free(name, "artifacts/", file);
        string? fault = _lines.Write(
            "artifact"u8,
            json =>
            {
                json.Raw("{\"name\":"u8).String(free).Raw(",\"kind\":"u8).String(kind).Raw(",\"format\":"u8).String(format).Raw(",\"size\":"u8).Integer(size).Raw(",\"sha256\":"u8).String(sha256).Raw(",\"metadata\":"u8);
                metadata(json);
                json.Raw((byte)'}');
            },
            _finishedAt, _duration);
        Told(fault, file, "it");
        if (fault is null) Count(size);
    }

    // Metalab keeps artifacts, results and logs apart, and each may have the same name.
    private string Free(string name, string before, string file)
    {
        if (_names.Add(name)) return name;
        string other = before + name;
        while (!_names.Add(other)) other = before + other;
        ledger.Remark($"{ledger.Relative(file)} came over as '{other}', because its run has another '{name}'.");
        return other;
    }

    private void Count(long bytes)
    {
        ledger.Artifacts++;
        ledger.Bytes += bytes;
    }

    private void Told(string? fault, string file, string what)
    {
        if (fault is not null) ledger.Damage(file, null, $"{fault}; {what} was left");
    }
}
