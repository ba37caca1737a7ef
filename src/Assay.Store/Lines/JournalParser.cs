using System.Text.Json;

namespace Assay.Journals;

/// <summary>Takes the values of run lines. What it took counts only when the whole line turns out sound.</summary>
internal interface IRunSink
{
    /// <summary>Where the line has the text of <c>experiment_name</c>, without quotes.</summary>
    void Experiment(int at, int length, bool isEscaped);

    /// <summary>The value of a run_start or run_end begins. Of several in one line the last counts.</summary>
    void Begin(JournalKind kind);

    /// <summary>Takes a field of that value; the reader is at what it holds.</summary>
    /// <returns>Whether it was taken. The reader is then at the end of what the field holds.</returns>
    bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader);
}

/// <summary>Reads the envelope of a line, and checks all of it as JSON, so that damage inside a value is found here.</summary>
internal static class JournalParser
{
    /// <summary>The highest number of an attempt. Nothing retries as often.</summary>
    public const int MostAttempts = ushort.MaxValue;

    /// <exception cref="JsonException">The line is not a JSON object with the fields of the envelope.</exception>
    public static JournalLine Parse(ReadOnlySpan<byte> line, long offset, IRunSink? sink = null)
    {
        LineChecksum.Require(line);
        // The reader passes over texts without looking at their encoding, which would then fail when a record is read.
        if (!System.Text.Unicode.Utf8.IsValid(line)) throw new JsonException("not valid UTF-8");
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("expected a JSON object");
        JournalKind? kind = null, kindOfValue = null;
        UInt128 runId = default;
        long time = 0;
        int valueAt = -1, valueEnd = -1;
        RunLineState value = default;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("value"u8))
            {
                valueAt = (int)reader.TokenStartIndex;
                if (kind is JournalKind.RunStart or JournalKind.RunEnd) value = Value(line, kind.Value, ref reader, sink);
                else reader.Skip();
                (valueEnd, kindOfValue) = ((int)reader.BytesConsumed, kind);
            }
            else if (name.SequenceEqual("kind"u8)) kind = Kind(ref reader);
            else if (name.SequenceEqual("run_id"u8)) runId = Id(ref reader);
            else if (name.SequenceEqual("created_at"u8)) time = JournalTime.Parse(ref reader);
            else if (name.SequenceEqual("experiment_name"u8)) Experiment(ref reader, sink);
            else reader.Skip();
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new JsonException("expected one JSON object");
        if (kind is null || valueAt < 0) throw new JsonException("expected the fields 'kind' and 'value'");
        // The kind may follow the value.
        if (kind is JournalKind.RunStart or JournalKind.RunEnd && kind != kindOfValue)
        {
            ReadOnlySpan<byte> text = line[valueAt..valueEnd];
            var late = new Utf8JsonReader(text);
            late.Read();
            value = Value(text, kind.Value, ref late, sink);
        }

        return new JournalLine
        {
            Kind = kind.Value,
            RunId = runId,
            Time = time,
            Offset = offset,
            Length = line.Length,
            Attempt = value.Attempt,
            Status = value.Status,
            IsConclusive = value.IsConclusive,
        };
    }

    // Other writers of the envelope use UUIDs with hyphens.
    private static UInt128 Id(ref Utf8JsonReader reader)
    {
        bool isText = reader.TokenType == JsonTokenType.String;
        if (isText && Fingerprint.TryParse(reader.ValueSpan, out UInt128 id)) return id;
        if (isText && Fingerprint.TryParse(reader.GetString()!.Replace("-", "", StringComparison.Ordinal), out id)) return id;
        throw new JsonException("expected 32 hexadecimal digits in 'run_id'");
    }

    private static JournalKind Kind(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("expected text in 'kind'");
        return reader.ValueTextEquals("run_end"u8) ? JournalKind.RunEnd
            : reader.ValueTextEquals("run_start"u8) ? JournalKind.RunStart
            : reader.ValueTextEquals("session_start"u8) ? JournalKind.SessionStart
            : JournalKind.Other;
    }

    private static void Experiment(ref Utf8JsonReader reader, IRunSink? sink)
    {
        bool isText = reader.TokenType == JsonTokenType.String;
        sink?.Experiment((int)reader.TokenStartIndex + 1, isText ? reader.ValueSpan.Length : 0, isText && reader.ValueIsEscaped);
        reader.Skip();
    }

    // A run_start of another program has no attempt: it counts as the first.
    private static RunLineState Value(ReadOnlySpan<byte> line, JournalKind kind, ref Utf8JsonReader reader, IRunSink? sink)
    {
        sink?.Begin(kind);
        int attempt = 1;
        RunStatus status = RunStatus.Running;
        bool infrastructure = false;
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("expected an object in 'value'");
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("status"u8)) status = Status(ref reader);
            else if (name.SequenceEqual("attempt"u8) && reader.TokenType == JsonTokenType.Number) attempt = Attempt(ref reader);
            else if (name.SequenceEqual("error"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                Utf8JsonReader again = reader;
                infrastructure = IsInfrastructure(ref reader);
                sink?.Take(line, name, ref again);
            }
            else if (kind == JournalKind.RunEnd && name.SequenceEqual("metrics"u8) && reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("expected an object in 'metrics'");
            else if (sink?.Take(line, name, ref reader) != true) reader.Skip();
        }

        if (kind == JournalKind.RunEnd && status == RunStatus.Running) throw new JsonException("expected the field 'status'");
        return new RunLineState(attempt, status, status == RunStatus.Success || (status == RunStatus.Failed && !infrastructure));
    }

    // Attempts count from 1, and which of a run's ends counts hangs on it: another number is damage, not an attempt.
    private static int Attempt(ref Utf8JsonReader reader) =>
        reader.TryGetInt32(out int attempt) && attempt is >= 1 and <= MostAttempts
            ? attempt : throw new JsonException($"expected a whole number from 1 to {MostAttempts} in 'attempt'");

    private static bool IsInfrastructure(ref Utf8JsonReader reader)
    {
        bool infrastructure = false;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            bool isKind = name.SequenceEqual("kind"u8) && reader.TokenType == JsonTokenType.String;
            if (isKind) infrastructure = reader.ValueTextEquals("infrastructure"u8);
            else reader.Skip();
        }

        return infrastructure;
    }

    private static RunStatus Status(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("success"u8)) return RunStatus.Success;
        if (reader.ValueTextEquals("failed"u8)) return RunStatus.Failed;
        if (reader.ValueTextEquals("cancelled"u8)) return RunStatus.Cancelled;
        throw new JsonException("unknown status; expected success, failed or cancelled");
    }

    private readonly record struct RunLineState(int Attempt, RunStatus Status, bool IsConclusive);
}
