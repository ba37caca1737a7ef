using System.Text.Json;

namespace Assay;

/// <summary>Looks into the journal of a worker that is gone: what it kept counts, even if it died before it could tell.</summary>
internal sealed class WorkerJournal : IJournalVisitor
{
    private readonly Lock _gate = new();
    private readonly UInt128 _id;
    private readonly int _attempt;
    private JournalLine? _end;

    private WorkerJournal(UInt128 id, int attempt) => (_id, _attempt) = (id, attempt);

    /// <returns>The run as its run_end tells it; null when the journal has none of that attempt, or cannot be read.</returns>
    public static RemoteRun? FindEnd(StorageBackend storage, string? name, UInt128 id, RemoteRun run)
    {
        if (name is null) return null;
        var journal = new JournalRef(storage, JournalArea.Runs, name);
        var found = new WorkerJournal(id, run.Attempt);
        try
        {
            JournalScanner.Scan([journal], found);
            if (found._end is not { } end) return null;
            using JsonDocument document = JsonDocument.Parse(new JournalReader([journal]).Read(0, end.Offset, end.Length));
            return Read(document.RootElement.GetProperty("value"), run with { Status = end.Status });
        }
        catch (Exception fault) when (fault is StoreException or AggregateException)
        {
            return null;
        }
    }

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        foreach (ref readonly JournalLine line in lines)
        {
            if (line.Kind != JournalKind.RunEnd || line.RunId != _id || line.Attempt != _attempt) continue;
            lock (_gate) _end = line;
        }
    }

    // A torn last line is what a killed worker leaves.
    void IJournalVisitor.Damaged(JournalDamage damage)
    {
    }

    private static RemoteRun Read(JsonElement value, RemoteRun run) => run with
    {
        Duration = TimeSpan.FromMilliseconds(value.GetProperty("duration_ms").GetDouble()),
        Metrics = value.GetProperty("metrics").Clone(),
        Error = value.TryGetProperty("error", out JsonElement error) ? Error(error) : null,
    };

    private static RunError Error(JsonElement error) => new(
        error.GetProperty("kind").GetString()!, error.GetProperty("type").GetString()!, error.GetProperty("message").GetString()!, error.GetProperty("stack").GetString());
}
