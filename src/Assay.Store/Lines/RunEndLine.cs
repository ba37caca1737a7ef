using System.Text.Json;

namespace Assay.Journals;

/// <summary>The <c>run_end</c> line: how an attempt ended, with its metrics.</summary>
public static class RunEndLine
{
    private const double LongestMs = 9e14;

    /// <summary>Writes the line.</summary>
    /// <param name="line">What is written to.</param>
    /// <param name="envelope">The envelope of the experiment.</param>
    /// <param name="id">The run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="metrics">Writes the metrics as a JSON object.</param>
    /// <param name="tags">Tags the run gave itself; null for none.</param>
    /// <param name="error">Why it did not succeed; null if it did.</param>
    /// <param name="endedAt">When it ended.</param>
    public static void Write(
        JsonBuffer line, LineEnvelope envelope, UInt128 id, RunStatus status, int attempt, TimeSpan duration, Action<JsonBuffer> metrics,
        IReadOnlyList<string>? tags, RunError? error, DateTimeOffset endedAt)
    {
        envelope.Open(line, id, "run_end"u8);
        line.Raw("{\"status\":\""u8).Raw(RunStatusText.Of(status)).Raw("\",\"attempt\":"u8).Integer(attempt);
        line.Raw(",\"duration_ms\":"u8).Real(Math.Round(duration.TotalMilliseconds, 4)).Raw(",\"metrics\":"u8);
        metrics(line);
        if (tags is not null) line.Raw(",\"tags\":"u8).Strings(tags);
        if (error is not null)
        {
            line.Raw(",\"error\":{\"kind\":"u8).String(error.Kind).Raw(",\"type\":"u8).String(error.Type);
            line.Raw(",\"message\":"u8).String(error.Message).Raw(",\"stack\":"u8).StringOrNull(error.Stack).Raw((byte)'}');
        }

        line.Raw((byte)'}');
        LineEnvelope.Close(line, endedAt, duration);
    }

    internal static TimeSpan? ReadDuration(JsonElement value) =>
        JsonObjects.Member(value, "duration_ms") is { ValueKind: JsonValueKind.Number } number ? Duration(number.GetDouble()) : null;

    /// <summary>The duration of any number of milliseconds: a negative one is zero, one that no duration holds is the longest.</summary>
    internal static TimeSpan Duration(double milliseconds) =>
        TimeSpan.FromTicks((long)Math.Round(Math.Clamp(milliseconds, 0, LongestMs) * TimeSpan.TicksPerMillisecond));

    internal static RunError? ReadError(JsonElement value)
    {
        if (JsonObjects.Member(value, "error") is not { ValueKind: JsonValueKind.Object } error) return null;
        string? stack = LineFields.Text(error, "stack") is { Length: > 0 } text ? text : null;
        return new RunError(LineFields.Text(error, "kind"), LineFields.Text(error, "type"), LineFields.Text(error, "message"), stack);
    }

    internal static void Check(JsonElement value)
    {
        LineFields.Require(value, "status", JsonValueKind.String);
        if (value.TryGetProperty("metrics", out JsonElement metrics)) LineFields.CheckObject(metrics);
        if (value.TryGetProperty("duration_ms", out JsonElement duration)) LineFields.CheckNumber(duration, "duration_ms");
    }
}
