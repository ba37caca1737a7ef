using System.Text.Json;

namespace Assay.Journals;

/// <summary>The <c>run_start</c> line: the facts of a run at its start.</summary>
public static class RunStartLine
{
    /// <summary>What is the same for all runs of a session: tags, metadata and the code state. It is prepared once.</summary>
    /// <param name="tags">The tags of the experiment.</param>
    /// <param name="metadata">The metadata of the experiment as a JSON object; null for none.</param>
    /// <param name="code">The code state.</param>
    public static byte[] CommonPart(IReadOnlyList<string> tags, byte[]? metadata, SessionCode code)
    {
        var json = new JsonBuffer();
        WriteMetadata(json, tags, metadata);
        json.Raw(",\"git\":"u8);
        code.WriteShort(json);
        return json.Raw((byte)'}').ToArray();
    }

    /// <summary>Writes the line of a run of an experiment.</summary>
    /// <param name="line">What is written to.</param>
    /// <param name="envelope">The envelope of the experiment.</param>
    /// <param name="run">The run.</param>
    /// <param name="parameters">Writes the parameters as a JSON object.</param>
    /// <param name="labels">The labels as a JSON object; empty for none.</param>
    /// <param name="common">The part that <see cref="CommonPart"/> has prepared.</param>
    /// <param name="startedAt">When the run starts.</param>
    public static void Write(
        JsonBuffer line, LineEnvelope envelope, in RunStart run, Action<JsonBuffer> parameters, ReadOnlySpan<byte> labels,
        ReadOnlySpan<byte> common, DateTimeOffset startedAt)
    {
        envelope.Open(line, run.Id, "run_start"u8);
        line.Raw("{\"index\":"u8).Integer(run.Index).Raw(",\"attempt\":"u8).Integer(run.Attempt).Raw(",\"version\":"u8).String(run.Version);
        line.Raw(",\"params\":"u8);
        parameters(line);
        line.Raw(",\"seed\":{\"base\":"u8).Integer(run.Seed).Raw(",\"replicate\":"u8).Integer(run.Replicate);
        if (run.Point is { } point) line.Raw(",\"point\":"u8).String(point);
        line.Raw((byte)'}');
        if (labels.Length > 0) line.Raw(",\"labels\":"u8).Raw(labels);
        line.Raw(",\"fingerprints\":{\"params\":\""u8).Hex(run.ParamsFingerprint)
            .Raw("\",\"context\":\""u8).Raw(run.ContextFingerprint.Span).Raw("\",\"code\":\""u8).Raw(run.CodeFingerprint.Span).Raw("\"}"u8);
        line.Raw(common);
        LineEnvelope.Close(line, startedAt, TimeSpan.Zero);
    }

    /// <summary>Writes the line of a lone run, which also holds what a <c>session_start</c> line holds for an experiment.</summary>
    /// <param name="line">What is written to.</param>
    /// <param name="envelope">The envelope of the run.</param>
    /// <param name="id">The run.</param>
    /// <param name="parameters">The parameters as a JSON object; null for none.</param>
    /// <param name="metadata">The metadata as a JSON object; null for none.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="code">The code state.</param>
    /// <param name="store">The address of the store with all links followed.</param>
    /// <param name="startedAt">When the run starts.</param>
    public static void WriteLone(
        JsonBuffer line, LineEnvelope envelope, UInt128 id, byte[]? parameters, byte[]? metadata, IReadOnlyList<string> tags,
        SessionCode code, string store, DateTimeOffset startedAt)
    {
        envelope.Open(line, id, "run_start"u8);
        line.Raw("{\"attempt\":1"u8);
        if (parameters is not null) line.Raw(",\"params\":"u8).Raw(parameters);
        if (metadata is not null) line.Raw(",\"metadata\":"u8).Raw(metadata);
        WriteMetadata(line, tags, null);
        ProcessFacts.Write(line, code, store);
        line.Raw((byte)'}');
        LineEnvelope.Close(line, startedAt, TimeSpan.Zero);
    }

    internal static RecordedSeed? ReadSeed(JsonElement value)
    {
        JsonElement seed = JsonObjects.Member(value, "seed");
        if (!JsonObjects.Member(seed, "base").TryInteger(out long number)) return null;
        if (!JsonObjects.Member(seed, "replicate").TryInteger(out long replicate)) return null;
        string? point = LineFields.Text(seed, "point") is { Length: > 0 } text ? text : null;
        return replicate is >= 0 and <= int.MaxValue ? new RecordedSeed(number, (int)replicate, point) : null;
    }

    /// <summary>The place in the plan in a value; -1 where it has none.</summary>
    internal static long ReadIndex(JsonElement value) => JsonObjects.Member(value, "index").TryInteger(out long place) ? place : -1;

    internal static void Check(JsonElement value)
    {
        LineFields.CheckObject(value);
        if (!value.TryGetProperty("seed", out JsonElement seed) || seed.ValueKind == JsonValueKind.Null) return;
        LineFields.RequireInteger(seed, "base");
        LineFields.RequireInteger(seed, "replicate");
    }

    private static void WriteMetadata(JsonBuffer json, IReadOnlyList<string> tags, byte[]? metadata)
    {
        if (tags.Count > 0) json.Raw(",\"tags\":"u8).Strings(tags);
        if (metadata is not null) json.Raw(",\"metadata\":"u8).Raw(metadata);
    }
}

/// <summary>The facts of a run of an experiment that differ from run to run.</summary>
public readonly record struct RunStart
{
    /// <summary>The run's id.</summary>
    public required UInt128 Id { get; init; }

    /// <summary>Its place in the plan.</summary>
    public required long Index { get; init; }

    /// <summary>Its attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The version of the experiment.</summary>
    public required string Version { get; init; }

    /// <summary>The base seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The replicate, from 0.</summary>
    public required int Replicate { get; init; }

    /// <summary>The fingerprint of the point where it is mixed into the seed; otherwise null.</summary>
    public required string? Point { get; init; }

    /// <summary>The fingerprint of the parameters.</summary>
    public required UInt128 ParamsFingerprint { get; init; }

    /// <summary>The fingerprint of the context, as hexadecimal digits.</summary>
    public required ReadOnlyMemory<byte> ContextFingerprint { get; init; }

    /// <summary>The fingerprint of the code, as hexadecimal digits.</summary>
    public required ReadOnlyMemory<byte> CodeFingerprint { get; init; }
}
