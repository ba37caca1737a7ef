using System.Diagnostics;
using System.Text.Json;

namespace Assay;

/// <summary>The workers of a killed coordinator: the next one waits for them, so that none of their runs is executed twice.</summary>
internal static class FormerWorkers
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    // The time that a worker needs to end after its runs were cancelled.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>Returns when no other process writes runs of the plan, or after a while with a warning.</summary>
    public static void AwaitEnd(StorageBackend storage, Plan plan, RunOptions options, Notices notices, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan patience = options.CancelGrace + Margin;
        for (bool warned = false; LiveJournals(storage, plan, options.Clock) is { Length: > 0 } live; warned = true)
        {
            string workers = $"{(live.Length == 1 ? "a worker process" : $"{live.Length} worker processes")} of an earlier coordinator of "
                + $"'{plan.Title}'";
            if (!warned) notices.Warn($"waiting for {workers} to end, so that no run is executed twice.");
            if (cancellationToken.WaitHandle.WaitOne(PollPeriod)) return;
            if (Stopwatch.GetElapsedTime(start) < patience) continue;
            notices.Warn($"{workers} did not end within {patience.TotalSeconds:0} s; going on. A run under way there may be executed "
                + $"twice, which costs time and no result. Its journal: {live[0]}");
            return;
        }
    }

    private static string[] LiveJournals(StorageBackend storage, Plan plan, TimeProvider clock) =>
    [
        .. storage.ListLeases()
            .Where(name => LeaseName.IsWriter(name) && !storage.IsLeasedHere(name) && storage.IsLeased(name, clock))
            .Select(name => new JournalRef(storage, JournalArea.Runs, JournalInfo.NameOf(name)))
            // A writer takes its lease a moment before its journal has a first line.
            .Where(journal => JournalHead.Read(journal) is var head
                && (head.Experiment is null || (head.Experiment == plan.Name && head.Version == plan.Version)))
            .Select(journal => journal.Location),
    ];
}

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
