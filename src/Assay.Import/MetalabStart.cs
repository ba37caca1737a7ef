using System.Text.Json;

namespace Assay.Import;

/// <summary>Values of lines, from metalab's objects.</summary>
internal static class MetalabStart
{
    /// <summary>The value of <c>session_start</c>: what is common to the runs of the journal.</summary>
    public static void WriteSession(JsonBuffer json, MetalabExperiment experiment, JsonElement? context, string from)
    {
        json.Raw("{\"version\":"u8).String(experiment.Version).Raw(",\"description\":"u8).String(experiment.Description);
        json.Raw(",\"imported\":{\"from\":\"metalab\",\"experiment_id\":"u8).String(experiment.Id).Raw(",\"folder\":"u8).String(from).Raw(",\"manifests\":["u8);
        foreach ((int i, JsonElement manifest) in experiment.Manifests.Index())
        {
            if (i > 0) json.Raw((byte)',');
            MetalabExperiment.WriteManifest(json, manifest);
        }

        json.Raw((byte)']');
        if (context is { } manifestOfContext) json.Raw(",\"context_manifest\":"u8).Raw(ForeignJson.Raw(manifestOfContext));
        json.Raw("}}"u8);
    }

    /// <summary>The value of <c>run_start</c>.</summary>
    public static void Write(JsonBuffer json, MetalabExperiment experiment, MetalabRecord record, ImportReceipt receipt, int attempt, string file, string zone)
    {
        json.Raw("{\"attempt\":"u8).Integer(attempt).Raw(",\"version\":"u8).String(experiment.Version);
        if (ForeignJson.Member(record.Root, "params_resolved") is { } parameters) json.Raw(",\"params\":"u8).Raw(ForeignJson.Raw(parameters));
        if (experiment.Seed(ForeignJson.Text(record.Root, "seed_fingerprint")) is { } seed) json.Raw(",\"seed\":{\"base\":"u8).Integer(seed.Base).Raw(",\"replicate\":"u8).Integer(seed.Replicate).Raw((byte)'}');
        WriteFingerprints(json, record);
        if (experiment.Tags is { } tags) json.Raw(",\"tags\":"u8).Raw(ForeignJson.Raw(tags));
        json.Raw(",\"metadata\":"u8);
        receipt.Write(json, experiment.Metadata, more =>
        {
            more.Raw(",\"experiment_id\":"u8).String(record.Experiment).Raw(",\"file\":"u8).String(file).Raw(",\"time_zone\":"u8).String(zone);
            foreach (string name in (ReadOnlySpan<string>)["started_at", "finished_at"])
            {
                if (ForeignJson.Member(record.Root, name) is { } time) more.Raw((byte)',').Key(name).Raw(ForeignJson.Raw(time));
            }

            bool first = false;
            ForeignJson.Members(more, record.Others, ref first);
        });
        json.Raw((byte)'}');
    }

    public static void WriteError(JsonBuffer json, JsonElement error, RunStatus status)
    {
        json.Raw(",\"error\":{\"kind\":\""u8).Raw(status == RunStatus.Cancelled ? "cancelled"u8 : "exception"u8).Raw("\",\"type\":"u8).String(ForeignJson.Text(error, "type") ?? "");
        json.Raw(",\"message\":"u8).String(ForeignJson.Text(error, "message") ?? (error.ValueKind == JsonValueKind.Object ? "" : error.GetRawText())).Raw(",\"stack\":"u8);
        if (ForeignJson.Text(error, "traceback") is { } stack) json.String(stack);
        else json.Null();
        if (error.ValueKind == JsonValueKind.Object)
        {
            bool first = false;
            ForeignJson.Members(json, error.EnumerateObject().Where(m => JsonObjects.Name(m) is not ("type" or "message" or "traceback" or "kind" or "stack")), ref first);
        }

        json.Raw((byte)'}');
    }

    /// <summary>What was said of an artifact, and under <c>metalab</c> all its description.</summary>
    public static void WriteArtifactMetadata(JsonBuffer json, JsonElement? description)
    {
        bool first = true;
        json.Raw((byte)'{');
        if (description is { } told)
        {
            if (ForeignJson.Member(told, "metadata") is { ValueKind: JsonValueKind.Object } own) ForeignJson.Members(json, own.EnumerateObject().Where(m => JsonObjects.Name(m) is not ("metalab" or "_run_id")), ref first);
            if (!first) json.Raw((byte)',');
            json.Raw("\"metalab\":"u8).Raw(ForeignJson.Raw(told));
        }

        json.Raw((byte)'}');
    }

    /// <summary>The value of an artifact line for a result.</summary>
    public static void WriteData(JsonBuffer json, string name, JsonElement result, byte[] content, string? sha256)
    {
        json.Raw("{\"name\":"u8).String(name).Raw(",\"kind\":\"data\",\"format\":\"json\",\"size\":"u8).Integer(content.Length);
        bool first = false;
        ForeignJson.Members(json, result.EnumerateObject().Where(m => JsonObjects.Name(m) is "dtype" or "shape" or "metadata" && m.Value.ValueKind != JsonValueKind.Null), ref first);
        if (sha256 is null) json.Raw(",\"data\":"u8).Raw(content).Raw((byte)'}');
        else json.Raw(",\"sha256\":"u8).String(sha256).Raw((byte)'}');
    }

    private static void WriteFingerprints(JsonBuffer json, MetalabRecord record)
    {
        (string Ours, string? Theirs)[] prints =
        [
            ("params", ForeignJson.Text(record.Root, "params_fingerprint")), ("context", ForeignJson.Text(record.Root, "context_fingerprint")),
            ("code", ForeignJson.Member(record.Root, "provenance") is { } provenance ? ForeignJson.Text(provenance, "code_hash") : null), ("seed", ForeignJson.Text(record.Root, "seed_fingerprint")),
        ];
        json.Raw(",\"fingerprints\":{"u8);
        bool first = true;
        foreach ((string ours, string? theirs) in prints)
        {
            if (theirs is null) continue;
            if (!first) json.Raw((byte)',');
            first = false;
            json.Key(ours).String(theirs);
        }

        json.Raw((byte)'}');
    }
}
