using System.Reflection;
using System.Text;

namespace Assay.Journals;

/// <summary>
/// Writes the envelope around each value: <c>schema_version, assay_version, run_id, experiment_name, kind, value, created_at, elapsed_ms,
/// note?, crc32c</c>. One instance per experiment; immutable and thread-safe.
/// </summary>
public sealed class LineEnvelope
{
    private const int SchemaVersion = 1;

    private readonly byte[] _beforeId;
    private readonly byte[] _afterId;

    /// <summary>The envelope of the lines of one experiment.</summary>
    public LineEnvelope(string experimentName)
    {
        _beforeId = Encoding.UTF8.GetBytes($"{{\"schema_version\":{SchemaVersion},\"assay_version\":\"{AssayVersion.Text}\",\"run_id\":\"");
        _afterId = new JsonBuffer().Raw("\",\"experiment_name\":"u8).String(experimentName).Raw(",\"kind\":\""u8).ToArray();
    }

    /// <summary>Everything up to the value, which the caller writes next.</summary>
    public void Open(JsonBuffer line, UInt128 runId, ReadOnlySpan<byte> kind) =>
        line.Raw(_beforeId).Hex(runId).Raw(_afterId).Raw(kind).Raw("\",\"value\":"u8);

    /// <summary>Everything after the value, with the line feed.</summary>
    public static void Close(JsonBuffer line, DateTimeOffset createdAt, TimeSpan elapsed, string? note = null)
    {
        line.Raw(",\"created_at\":"u8).Time(createdAt).Raw(",\"elapsed_ms\":"u8).Integer((long)elapsed.TotalMilliseconds);
        if (note is not null) line.Raw(",\"note\":"u8).String(note);
        LineChecksum.Close(line);
    }
}

/// <summary>The version of the library that wrote a line.</summary>
public static class AssayVersion
{
    /// <summary>For example <c>0.1.0</c>, without build metadata.</summary>
    public static readonly string Text = typeof(AssayVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
