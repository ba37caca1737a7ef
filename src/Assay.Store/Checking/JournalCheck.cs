using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>Checks a journal line by line. Its memory grows with the runs under way, not with the lines.</summary>
internal sealed class JournalCheck(
    JournalRef source, bool writerLives, StoreHealth health, ArtifactUses uses, RunAnnotations annotations)
{
    private readonly string _journal = source.Location;

    // The attempt that the lines of each removed run belong to.
    private readonly Dictionary<UInt128, int> _attempts = [];
    private readonly HashSet<(UInt128 Id, int Attempt)> _open = [];

    /// <summary>The attempts that began in this journal and did not end in it; none while its writer lives.</summary>
    public IReadOnlySet<(UInt128 Id, int Attempt)> Open => writerLives ? new HashSet<(UInt128, int)>() : _open;

    public void Run()
    {
        try
        {
            health.Bytes += NumberedLines.Read(source, Take);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            health.AddUnreadable(_journal, fault);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long number, long offset, bool whole)
    {
        health.Lines++;
        if (line.Trim(" \t\r"u8).IsEmpty) return;
        try
        {
            JournalLine envelope = LineCheck.Check(line, offset);
            CheckValue(envelope, line, number, offset);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            Finding found = whole ? Damaged(fault.Message, line) : Torn();
            health.Add(found with { File = _journal, Line = number, ByteOffset = offset });
        }
    }

    private void CheckValue(in JournalLine envelope, ReadOnlySpan<byte> line, long number, long offset)
    {
        var reader = new Utf8JsonReader(line);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement root = document.RootElement;
        LineCheck.CheckValue(root);
        string id = Fingerprint.Hex(envelope.RunId);
        if (envelope.Kind == JournalKind.RunStart)
        {
            health.Attempts++;
            if (annotations.RemovedIds.Contains(envelope.RunId)) _attempts[envelope.RunId] = envelope.Attempt;
            // A removed run does not run again.
            if (annotations.RemovalOf(envelope.RunId, source.Name, envelope.Attempt) is null) _open.Add((envelope.RunId, envelope.Attempt));
        }
        else if (envelope.Kind == JournalKind.RunEnd && !_open.Remove((envelope.RunId, envelope.Attempt))
            && _attempts.GetValueOrDefault(envelope.RunId) != envelope.Attempt)
        {
            health.Add(new Finding(FindingKind.MissingStart, "the run ends here without having started: its start is lost, "
                + "and its parameters with it. Its status and metrics are kept.")
            { File = _journal, Line = number, ByteOffset = offset, RunId = id });
        }
        else if (root.GetProperty("kind").ValueEquals("artifact"u8))
        {
            JsonElement value = root.GetProperty("value");
            var use = new ArtifactUse(_journal, number, offset, id, value.GetProperty("name").GetString()!);
            uses.Add(value, use with { MayBeMissing = IsFreed(envelope.RunId) });
        }
    }

    private bool IsFreed(UInt128 id) => _attempts.TryGetValue(id, out int attempt)
        && annotations.RemovalOf(id, source.Name, attempt) is { FreedAt: not null };

    private static Finding Damaged(string reason, ReadOnlySpan<byte> line)
    {
        string start = Encoding.UTF8.GetString(line[..Math.Min(60, line.Length)]);
        return new Finding(FindingKind.DamagedLine, $"{reason.TrimEnd('.')}. Readers skip the line or what is wrong in it; "
            + $"it starts with «{Printable.Line(start)}».");
    }

    private Finding Torn() => new(FindingKind.TornLine, writerLives
        ? "the last line is being written."
        : "the last line is unfinished: its writer was killed. Harmless; nothing that was reported finished is in it.");
}
