using System.Text;
using System.Text.Json;

namespace Assay.Questions;

/// <summary>Checks one journal line by line. What it keeps grows with the runs under way, not with the lines.</summary>
internal sealed class JournalCheck(JournalRef source, bool writerLives, Findings findings, ArtifactUses uses, RunAnnotations annotations)
{
    private readonly string _journal = source.Location;

    // Of runs that are removed, the attempt their lines are of.
    private readonly Dictionary<UInt128, int> _attempts = [];
    private readonly HashSet<(UInt128 Id, int Attempt)> _open = [];

    /// <summary>
    /// Attempts that began here and did not end here, although nobody writes any more: while its writer lives a run without an end is only
    /// under way.
    /// </summary>
    public IReadOnlySet<(UInt128 Id, int Attempt)> Open => writerLives ? new HashSet<(UInt128, int)>() : _open;

    public long Lines { get; private set; }

    public long Attempts { get; private set; }

    public long Bytes { get; private set; }

    public void Run()
    {
        try
        {
            Bytes = FileLines.Read(source, Take);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Unreadable(_journal, fault);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long number, long offset, bool whole)
    {
        Lines++;
        if (line.Trim(" \t\r"u8).IsEmpty) return;
        try
        {
            JournalLine envelope = LineCheck.Check(line, offset);
            Value(envelope, line, number, offset);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            findings.Add(whole ? Damaged(fault.Message, line, number, offset) : Torn(number, offset));
        }
    }

    private void Value(in JournalLine envelope, ReadOnlySpan<byte> line, long number, long offset)
    {
        var reader = new Utf8JsonReader(line);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement root = document.RootElement;
        LineCheck.CheckValue(root);
        if (envelope.Kind == JournalKind.RunStart)
        {
            Attempts++;
            if (annotations.RemovedIds.Contains(envelope.RunId)) _attempts[envelope.RunId] = envelope.Attempt;
            // What is removed does not run again.
            if (annotations.RemovalOf(envelope.RunId, source.Name, envelope.Attempt) is null) _open.Add((envelope.RunId, envelope.Attempt));
        }
        else if (envelope.Kind == JournalKind.RunEnd && !_open.Remove((envelope.RunId, envelope.Attempt))
            && _attempts.GetValueOrDefault(envelope.RunId) != envelope.Attempt)
        {
            findings.Add(new Finding(Finding.Problem, FindingKinds.MissingStart, "the run ends here without having started: its start is lost, and its parameters with it. Its status and metrics are kept.")
            { File = _journal, Line = number, ByteOffset = offset, RunId = Fingerprint.Hex(envelope.RunId) });
        }
        else if (root.GetProperty("kind").ValueEquals("artifact"u8))
        {
            JsonElement value = root.GetProperty("value");
            var use = new ArtifactUse(_journal, number, offset, Fingerprint.Hex(envelope.RunId), value.GetProperty("name").GetString()!);
            uses.Add(value, use with { MayBeMissing = IsFreed(envelope.RunId) });
        }
    }

    private bool IsFreed(UInt128 id) => _attempts.TryGetValue(id, out int attempt) && annotations.RemovalOf(id, source.Name, attempt) is { FreedAt: not null };

    private Finding Damaged(string reason, ReadOnlySpan<byte> line, long number, long offset)
    {
        string start = Encoding.UTF8.GetString(line[..Math.Min(60, line.Length)]);
        return new Finding(Finding.Problem, FindingKinds.DamagedLine, $"{reason.TrimEnd('.')}. Readers skip the line or what is wrong in it; it starts with «{Printable.Line(start)}».")
        { File = _journal, Line = number, ByteOffset = offset };
    }

    private Finding Torn(long number, long offset) =>
        new(Finding.Note, FindingKinds.TornLine, writerLives ? "the last line is being written." : "the last line is unfinished: its writer was killed. Harmless; nothing that was reported finished is in it.")
        { File = _journal, Line = number, ByteOffset = offset };
}
