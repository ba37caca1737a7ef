using System.Text.Json;

namespace Assay.Import;

/// <summary>Writes one run of metalab into a journal.</summary>
internal sealed class MetalabRun(
    MetalabFolder folder, MetalabExperiment experiment, MetalabRecord record, MetalabTimes times, ImportTarget target, ImportedRun lines)
{
    // More than any run takes, and less than a TimeSpan holds.
    private const double LongestMs = 9e14;

    private readonly ImportLedger _ledger = target.Ledger;
    private readonly string _file = folder.Record(record.Id);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private DateTimeOffset _startedAt;
    private DateTimeOffset _finishedAt;
    private TimeSpan _duration;

    public void Write(ImportReceipt receipt, int attempt, IEnumerable<(string Name, string File)> logs)
    {
        ReadTimes();
        string? fault = lines.Write("run_start"u8, json => WriteStart(json, receipt, attempt), _startedAt, TimeSpan.Zero);
        if (fault is not null) Lose(fault, _file, "the run's start");
        WriteArtifacts();
        WriteResults();
        foreach ((string name, string file) in logs) WriteLog(name, file);
        WriteRemarks();
        (string, JsonElement)[] derived = ReadDerived();
        if (record.Status is { } status)
            Write("run_end"u8, value => WriteEnd(value, status, attempt, derived), _file, "the run's end, its metrics among it");
        else KeepMetrics(derived);
    }

    private void ReadTimes()
    {
        DateTimeOffset? started = times.Parse(record.Text("started_at")), finished = times.Parse(record.Text("finished_at"));
        if (started is null) _ledger.Damage(_file, null, "it has no time in 'started_at'; the run has that of its file");
        _startedAt = started ?? finished ?? new DateTimeOffset(File.GetLastWriteTimeUtc(_file), TimeSpan.Zero);
        _finishedAt = finished ?? _startedAt;
        if (record.Member("duration_ms") is { ValueKind: JsonValueKind.Number } ms && ms.GetDouble() is >= 0 and < LongestMs and var length)
            _duration = TimeSpan.FromMilliseconds(length);
    }

    /// <returns>Whether the line was written; otherwise that is listed as damage.</returns>
    private bool Write(ReadOnlySpan<byte> kind, Action<ObjectWriter> write, string file, string what, DateTimeOffset? at = null)
    {
        TimeSpan elapsed = at is not { } time ? _duration : time > _startedAt ? time - _startedAt : TimeSpan.Zero;
        string? fault = lines.Write(kind, json =>
        {
            using var value = new ObjectWriter(json);
            write(value);
        }, at ?? _finishedAt, elapsed);
        if (fault is not null) Lose(fault, file, what);
        return fault is null;
    }

    private void Lose(string fault, string file, string what) => _ledger.Damage(file, null, $"{fault}; {what} was left");

    private void WriteStart(JsonBuffer json, ImportReceipt receipt, int attempt)
    {
        using var value = new ObjectWriter(json);
        value.Add("attempt").Integer(attempt);
        value.Text("version", experiment.Version).Value("params", record.Member("params_resolved"));
        if (experiment.Seed(record.Text("seed_fingerprint")) is { } known)
        {
            using ObjectWriter seed = value.Object("seed");
            seed.Add("base").Integer(known.Base);
            seed.Add("replicate").Integer(known.Replicate);
        }

        using (ObjectWriter fingerprints = value.Object("fingerprints"))
        {
            fingerprints.Text("params", record.Text("params_fingerprint")).Text("context", record.Text("context_fingerprint"));
            fingerprints.Text("code", ForeignJson.Text(record.Member("provenance"), "code_hash"));
            fingerprints.Text("seed", record.Text("seed_fingerprint"));
        }

        value.Value("tags", experiment.Tags);
        receipt.Write(value, experiment.Metadata, more =>
        {
            more.Text("experiment_id", record.Experiment).Text("file", _ledger.Relative(_file)).Text("time_zone", times.Zone.Id);
            more.Value("started_at", record.Member("started_at")).Value("finished_at", record.Member("finished_at")).All(record.Others);
        });
    }

    private void WriteArtifacts()
    {
        var artifacts = new MetalabArtifacts(folder, record, _ledger);
        foreach ((string name, string file, JsonElement? description) in artifacts.Find())
        {
            if (Put(file) is not var (sha256, size, _)) continue;
            artifacts.Check(description, file, target.DryRun ? null : sha256, size);
            string kind = ForeignJson.Text(description, "kind") == "json" ? "json" : "file";
            string?[] formats = [ForeignJson.Text(description, "format"), Path.GetExtension(file).TrimStart('.').ToLowerInvariant(), "bin"];
            WriteFile(name, kind, formats.First(f => !string.IsNullOrEmpty(f))!, sha256, size, file, description);
        }
    }

    private StoredArtifact? Put(string file) => _ledger.Try<StoredArtifact?>(file, f =>
    {
        using FileStream content = ForeignJson.Open(f);
        return target.Put(content);
    });

    private void WriteFile(string name, string kind, string format, string sha256, long size, string file, JsonElement? description)
    {
        string free = FreeName(name, "artifacts/", file);
        bool isWritten = Write("artifact"u8, value =>
        {
            value.Text("name", free).Text("kind", kind).Text("format", format).Add("size").Integer(size);
            value.Text("sha256", sha256);
            using ObjectWriter metadata = value.Object("metadata");
            if (ForeignJson.Member(description, "metadata") is { ValueKind: JsonValueKind.Object } own)
                metadata.All(own.EnumerateObject().Where(m => JsonObjects.Name(m) is not ("metalab" or "_run_id")));
            metadata.Value("metalab", description);
        }, file, "it");
        if (isWritten) Count(size);
    }

    private void WriteResults()
    {
        string results = folder.Results(record.Id);
        foreach (string file in MetalabFolder.Files(results))
        {
            string name = Path.GetRelativePath(results, file).Replace('\\', '/');
            _ledger.Try(file, f =>
            {
                if (!name.EndsWith(".json", StringComparison.Ordinal)) throw new JsonException("expected a name that ends with .json");
                WriteResult(name[..^".json".Length], ForeignJson.Read(f), f);
                return true;
            });
        }
    }

    private void WriteResult(string name, JsonElement result, string file)
    {
        if (!ForeignJson.TryMember(result, "data", out JsonElement data)) throw new JsonException("expected the field 'data'");
        if (MetalabSeries.Points(result) is { } points)
        {
            foreach ((long, byte[])[] block in points.Chunk(SeriesLine.FullBlock))
                Write("series"u8, value => MetalabSeries.Write(value, name, block), file, "some of its points");
            _ledger.Values += points.Count;
            return;
        }

        byte[] content = ForeignJson.Raw(data);
        string free = FreeName(name, "results/", file);
        string? fault = content.Length > ArtifactLine.InlineLimit ? "too long" : WriteData(free, result, content, null);
        // What is too long or nested too deeply for a line becomes a file of its own.
        if (fault is not null) fault = WriteData(free, result, content, target.Put(new MemoryStream(content)).Sha256);
        if (fault is not null) Lose(fault, file, "it");
        else Count(content.Length);
    }

    private string? WriteData(string name, JsonElement result, byte[] content, string? sha256) => lines.Write("artifact"u8, json =>
    {
        using var value = new ObjectWriter(json);
        value.Text("name", name).Text("kind", "data").Text("format", "json").Add("size").Integer(content.Length);
        value.All(result.EnumerateObject()
            .Where(m => m.Value.ValueKind != JsonValueKind.Null && JsonObjects.Name(m) is "dtype" or "shape" or "metadata"));
        if (sha256 is null) value.Add("data").Raw(content);
        else value.Text("sha256", sha256);
    }, _finishedAt, _duration);

    private void WriteLog(string name, string file)
    {
        if (name is "run" or "logging" && MetalabLog.Read(file, times) is { } messages)
        {
            foreach ((DateTimeOffset at, string level, string message) in messages)
                Write("log"u8, value => value.Text("level", level).Text("message", message), file, "a line of it", at);
        }
        else if (Put(file) is var (sha256, size, _))
        {
            WriteFile($"logs/{name}.log", "text", "log", sha256, size, file, null);
        }
    }

    private void WriteRemarks()
    {
        if (record.Text("notes") is { Length: > 0 } note) WriteRemark("note", note);
        if (record.Member("warnings") is not { ValueKind: JsonValueKind.Array } warnings) return;
        foreach (JsonElement warning in warnings.EnumerateArray())
            WriteRemark("warning", warning.ValueKind == JsonValueKind.String ? JsonObjects.Text(warning) : warning.GetRawText());

        void WriteRemark(string level, string message) =>
            Write("log"u8, value => value.Text("level", level).Text("message", message), _file, "a remark");
    }

    private (string Name, JsonElement Value)[] ReadDerived()
    {
        string file = folder.Derived(record.Id);
        if (!File.Exists(file) || _ledger.TryObject(file) is not { } derived) return [];
        HashSet<string> names = [.. record.Member("metrics")?.EnumerateObject().Select(JsonObjects.Name) ?? []];
        return [.. derived.EnumerateObject().Select(v => (FreeName("derived_" + JsonObjects.Name(v)), v.Value))];

        string FreeName(string name)
        {
            while (!names.Add(name)) name += "_";
            return name;
        }
    }

    private void WriteEnd(ObjectWriter value, RunStatus status, int attempt, (string, JsonElement)[] derived)
    {
        value.Text("status", RunStatusText.Text(status)).Add("attempt").Integer(attempt);
        value.Add("duration_ms").Real(_duration.TotalMilliseconds);
        WriteMetrics(value.Add("metrics"), derived);
        if (record.Member("tags") is { ValueKind: JsonValueKind.Array } tags) value.Value("tags", tags);
        if (record.Member("error") is not { } error) return;
        bool isObject = error.ValueKind == JsonValueKind.Object;
        using ObjectWriter written = value.Object("error");
        written.Text("kind", status == RunStatus.Cancelled ? "cancelled" : "exception").Text("type", ForeignJson.Text(error, "type") ?? "");
        written.Text("message", ForeignJson.Text(error, "message") ?? (isObject ? "" : error.GetRawText()));
        if (ForeignJson.Text(error, "traceback") is { } stack) written.Text("stack", stack);
        else written.Add("stack").Null();
        if (!isObject) return;
        written.All(error.EnumerateObject()
            .Where(m => JsonObjects.Name(m) is not ("type" or "message" or "traceback" or "kind" or "stack")));
    }

    private void WriteMetrics(JsonBuffer json, (string Name, JsonElement Value)[] derived)
    {
        using var metrics = new ObjectWriter(json);
        metrics.All(record.Member("metrics")?.EnumerateObject() ?? default);
        foreach ((string name, JsonElement value) in derived) metrics.Value(name, value);
    }

    // Metrics are part of the end of a run; those of a run without an end are data.
    private void KeepMetrics((string, JsonElement)[] derived)
    {
        if (record.Text("status") != "running")
        {
            _ledger.Damage(_file, null, $"the status is {record.Member("status")?.GetRawText() ?? "missing"}; expected success, failed, "
                + "cancelled or running. The run is interrupted here.");
        }

        var metrics = new JsonBuffer();
        WriteMetrics(metrics, derived);
        if (metrics.Length == "{}".Length) return;
        string name = FreeName("metrics", "record/", _file);
        string? fault = lines.Write(
            "artifact"u8, json => ArtifactLine.WriteData(json, name, metrics.ToArray(), null, null, null), _finishedAt, _duration);
        if (fault is not null) Lose(fault, _file, "its metrics");
    }

    // Artifacts, results and logs have separate names in metalab.
    private string FreeName(string name, string before, string file)
    {
        if (_names.Add(name)) return name;
        string other = before + name;
        while (!_names.Add(other)) other = before + other;
        _ledger.Remark($"{_ledger.Relative(file)} came over as '{other}', because its run has another '{name}'.");
        return other;
    }

    private void Count(long bytes)
    {
        _ledger.Artifacts++;
        _ledger.Bytes += bytes;
    }
}
