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
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
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

/// <summary>
/// Attempts of dead writers without an end in their journal. They run again unless another journal ends them or a later attempt of the run.
/// </summary>
internal sealed class OpenAttempts : IJournalVisitor
{
    private const int MostNamed = 5;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, HashSet<(UInt128 Id, int Attempt)>> _byJournal = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _ids = [];
    private readonly HashSet<UInt128> _succeeded = [];
    private readonly Dictionary<UInt128, int> _lastEnded = [];

    public void Add(string journal, IReadOnlySet<(UInt128 Id, int Attempt)> open)
    {
        if (open.Count == 0) return;
        _byJournal[journal] = [.. open];
        _ids.UnionWith(open.Select(o => o.Id));
    }

    /// <summary>Looks for their ends in all journals, and reports the attempts that have none.</summary>
    public void Report(IReadOnlyList<JournalRef> journals, StoreHealth health)
    {
        if (_ids.Count == 0) return;
        JournalScanner.Scan(journals, this);
        foreach ((string journal, HashSet<(UInt128 Id, int Attempt)> open) in _byJournal)
        {
            open.RemoveWhere(o => _succeeded.Contains(o.Id) || o.Attempt <= _lastEnded.GetValueOrDefault(o.Id));
            if (open.Count == 0) continue;
            health.Add(Interrupted(journal, [.. open.Select(o => Fingerprint.Hex(o.Id)).Order(StringComparer.Ordinal)]));
        }
    }

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        lock (_gate)
        {
            foreach (ref readonly JournalLine line in lines)
            {
                if (line.Kind != JournalKind.RunEnd || !_ids.Contains(line.RunId)) continue;
                _lastEnded[line.RunId] = Math.Max(line.Attempt, _lastEnded.GetValueOrDefault(line.RunId));
                if (line.Status == RunStatus.Success) _succeeded.Add(line.RunId);
            }
        }
    }

    // The check of the journal has reported it.
    void IJournalVisitor.Damaged(JournalDamage damage) { }

    private static Finding Interrupted(string journal, string[] ids) => new(FindingKind.InterruptedRuns,
        FormattableString.Invariant($"{ids.Length:N0} {Plural.Form(ids.Length, "run", "runs")} started and never ended: ")
            + $"{string.Join(", ", ids.Take(MostNamed))}{(ids.Length > MostNamed ? ", …" : "")}. "
            + $"Resuming runs {Plural.Form(ids.Length, "it", "them")} again.")
    { File = journal, RunId = ids is [var only] ? only : null };
}
