using System.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// The <c>session_start</c> line: the facts that all runs of a writer have in common. It has the id of the session's first run, made or
/// reused, because readers that know no sessions would take another id for one more run.
/// </summary>
public static class SessionStartLine
{
    /// <summary>Writes the line.</summary>
    public static void Write(JsonBuffer line, LineEnvelope envelope, UInt128 firstRun, SessionStart session, DateTimeOffset startedAt)
    {
        envelope.Open(line, firstRun, "session_start"u8);
        line.Raw("{\"version\":"u8).String(session.Version).Raw(",\"description\":"u8).String(session.Description);
        ProcessFacts.Write(line, session.Code, session.Store);
        line.Raw(",\"fingerprints\":{\"context\":"u8).String(session.ContextFingerprint)
            .Raw(",\"code\":"u8).String(session.CodeFingerprint).Raw((byte)'}');
        line.Raw(",\"code\":{\"mode\":"u8).String(session.CodeMode).Raw(",\"fingerprint\":"u8).String(session.CodeValue)
            .Raw(",\"members\":{"u8);
        line.Separated(session.CodeMembers, member => line.Encoded(member.Key).Raw((byte)':').Encoded(member.Value));
        line.Raw("},\"captured\":"u8).Strings(session.Captured).Raw("},\"context\":"u8);
        if (session.Context is null) line.Null();
        else line.Raw(session.Context);
        line.Raw(",\"plan\":{\"runs\":"u8).Integer(session.Runs).Raw(",\"points\":"u8).Integer(session.Points)
            .Raw(",\"replicates\":"u8).Integer(session.Replicates).Raw(",\"seed\":"u8).Integer(session.Seed)
            .Raw(",\"mix_point\":"u8).Boolean(session.MixPoint).Raw(",\"space\":"u8).Raw(session.Space);
        line.Raw("},\"options\":{\"parallel\":"u8).Integer(session.Parallel).Raw(",\"resume\":"u8).String(session.Resume).Raw((byte)'}');
        if (session.ReusesRuns) line.Raw(",\"reuses_runs\":true"u8);
        line.Raw((byte)'}');
        LineEnvelope.Close(line, startedAt, TimeSpan.Zero);
    }

    // Member names were always written by the JSON library, which escapes more than JSON demands.
    private static JsonBuffer Encoded(this JsonBuffer line, string text) =>
        line.Raw((byte)'"').Raw(JsonEncodedText.Encode(text).EncodedUtf8Bytes).Raw((byte)'"');
}

/// <summary>The facts of a session.</summary>
public sealed record SessionStart
{
    /// <summary>The version of the experiment.</summary>
    public required string Version { get; init; }

    /// <summary>Its description.</summary>
    public required string Description { get; init; }

    /// <summary>The code state.</summary>
    public required SessionCode Code { get; init; }

    /// <summary>The address of the store with all links followed.</summary>
    public required string Store { get; init; }

    /// <summary>The fingerprint of the context.</summary>
    public required string ContextFingerprint { get; init; }

    /// <summary>The fingerprint of the code, as it is part of run ids.</summary>
    public required string CodeFingerprint { get; init; }

    /// <summary>How much code counts, in lower case.</summary>
    public required string CodeMode { get; init; }

    /// <summary>The fingerprint of the code that was looked at.</summary>
    public required string CodeValue { get; init; }

    /// <summary>The members that count with their fingerprints, and packages with their versions.</summary>
    public required IEnumerable<KeyValuePair<string, string>> CodeMembers { get; init; }

    /// <summary>The variables that the operation captures.</summary>
    public required IReadOnlyList<string> Captured { get; init; }

    /// <summary>The context as JSON; null without one.</summary>
    public required byte[]? Context { get; init; }

    /// <summary>How many runs the plan has.</summary>
    public required long Runs { get; init; }

    /// <summary>How many points.</summary>
    public required long Points { get; init; }

    /// <summary>How many replicates of each.</summary>
    public required int Replicates { get; init; }

    /// <summary>The base seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether the point is mixed into the seeds.</summary>
    public required bool MixPoint { get; init; }

    /// <summary>The description of the space as JSON.</summary>
    public required byte[] Space { get; init; }

    /// <summary>How many runs are executed at once.</summary>
    public required int Parallel { get; init; }

    /// <summary>What is run again, in lower case.</summary>
    public required string Resume { get; init; }

    /// <summary>Whether the session makes no run, because those of its code are done already. Default: no.</summary>
    public bool ReusesRuns { get; init; }
}

/// <summary>The code state as lines hold it, read once for a session and handed to its worker processes. Immutable.</summary>
/// <param name="Short">The JSON object for each run, with commit, branch and dirty; null without a repository.</param>
/// <param name="Full">The JSON object for the session; null without a repository.</param>
/// <param name="Fault">Why there is no code state; null when there is one, or none was asked for.</param>
public sealed record SessionCode(string? Short, string? Full, string? Fault)
{
    internal void WriteShort(JsonBuffer json) => Write(json, Short);

    internal void WriteFull(JsonBuffer json)
    {
        Write(json, Full);
        if (Fault is not null) json.Raw(",\"git_fault\":"u8).String(Fault);
    }

    private static void Write(JsonBuffer json, string? text)
    {
        if (text is null) json.Null();
        else json.Raw(Encoding.UTF8.GetBytes(text));
    }
}
