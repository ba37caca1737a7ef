using System.Text.Json;

namespace Assay;

/// <summary>Finds the end of an attempt in the journal of a worker that died before it could report the end.</summary>
internal sealed class WorkerJournal(UInt128 id, int attempt) : IJournalVisitor
{
    private readonly Lock _gate = new();
    private JournalLine? _end;

    /// <returns>The ended run; null if the journal has no end of the attempt or cannot be read.</returns>
    public static RemoteRun? FindEnd(StorageBackend storage, string? name, UInt128 id, RemoteRun run)
    {
        if (name is null) return null;
        var journal = new JournalRef(storage, JournalArea.Runs, name);
        var found = new WorkerJournal(id, run.Attempt);
        try
        {
            JournalScanner.Scan([journal], found);
            if (found._end is not { } end) return null;
            using JsonDocument line = JsonDocument.Parse(new JournalReader([journal]).Read(0, end.Offset, end.Length));
            JsonElement value = line.RootElement.GetProperty("value");
            return run with
            {
                Status = end.Status,
                Duration = TimeSpan.FromMilliseconds(value.GetProperty("duration_ms").GetDouble()),
                Metrics = value.GetProperty("metrics").Clone(),
                Error = value.TryGetProperty("error", out JsonElement error) ? Error(error) : null,
            };
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
            if (line.Kind != JournalKind.RunEnd || line.RunId != id || line.Attempt != attempt) continue;
            lock (_gate) _end = line;
        }
    }

    // A killed worker may leave a torn last line.
    void IJournalVisitor.Damaged(JournalDamage damage) { }

    private static RunError Error(JsonElement error)
    {
        string? Text(string name) => error.GetProperty(name).GetString();
        return new RunError(Text("kind")!, Text("type")!, Text("message")!, Text("stack"));
    }
}
