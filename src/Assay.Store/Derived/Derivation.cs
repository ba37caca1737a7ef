using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Assay;

/// <summary>One call of <see cref="Results.DeriveAsync"/>.</summary>
internal sealed class Derivation(RunCatalog catalog, int[] rows, IReadOnlyList<DerivedMetric> metrics, DeriveOptions options)
{
    private readonly ConcurrentBag<(int Row, DeriveFailure Failure)> _failures = [];
    private int _computed, _kept, _running, _done;

    /// <exception cref="OperationCanceledException">It was cancelled; what was computed is stored.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public DeriveReport Run(CancellationToken cancellationToken)
    {
        StorageBackend storage = StoreLocation.ForWriting(catalog.Storage, options.Clock);
        catalog.Derived.Refresh();
        using (var journal = new DerivedJournal(storage, options.Clock))
            ForEachRow(rows, options.Parallel, place => Look(journal, place, cancellationToken), cancellationToken);
        return new DeriveReport(_computed, _kept, _running, [.. _failures.OrderBy(f => f.Row).Select(f => f.Failure)]);
    }

    /// <summary>Calls something for the place of each row on several threads; the first exception ends that and is thrown.</summary>
    public static void ForEachRow(int[] rows, int? parallel, Action<int> work, CancellationToken cancellationToken)
    {
        var parallelism = new ParallelOptions
        {
            MaxDegreeOfParallelism = parallel ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        try
        {
            Parallel.For(0, rows.Length, parallelism, work);
        }
        catch (AggregateException faults)
        {
            Exception first = faults.InnerExceptions.FirstOrDefault(f => f is not OperationCanceledException) ?? faults.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <exception cref="AssayException">Two functions have one name.</exception>
    public static void Check(IReadOnlyList<DerivedMetric> metrics, string what)
    {
        if (metrics.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new AssayException($"{same.Count()} functions of one {what} are called '{same.Key}'; expected different names.");
    }

    private void Look(DerivedJournal journal, int place, CancellationToken cancellationToken)
    {
        RunRecord run = catalog.Record(rows[place]);
        if (run.Status == RunStatus.Running) Interlocked.Increment(ref _running);
        else
        {
            foreach (DerivedMetric metric in metrics)
            {
                DerivedLine? before = catalog.Derived.Find(run.Place.Id, run.Shown, metric.Name);
                if (before is { Values.Count: > 0 } && before.Version == metric.Version && !options.Overwrite)
                    Interlocked.Increment(ref _kept);
                else if (Compute(run, metric, f => _failures.Add((place, f)), cancellationToken) is { } values)
                {
                    Keep(values, metric, before);
                    Interlocked.Increment(ref _computed);
                }
                // Values of another version must not stand beside those of this one.
                else if (before is { Values.Count: > 0 } && before.Version != metric.Version) Keep([], metric, before);
            }
        }

        options.Progress?.Report(new DeriveProgress(Interlocked.Increment(ref _done), rows.Length, _failures.Count));

        void Keep(IReadOnlyList<KeyValuePair<string, object?>> values, DerivedMetric metric, DerivedLine? before)
        {
            // Later than what it replaces, whatever the clocks of two hosts show.
            long at = Math.Min(Math.Max(options.Clock.GetUtcNow().UtcTicks, (before?.At ?? 0) + 1), DateTimeOffset.MaxValue.UtcTicks);
            var line = new DerivedLine(run.Place.Id, at, metric.Name, metric.Version, run.Shown, values);
            journal.Append(line, run);
            catalog.Derived.Add(line);
        }
    }

    /// <returns>Null when the function failed.</returns>
    public static IReadOnlyList<KeyValuePair<string, object?>>? Compute(
        RunRecord run, DerivedMetric metric, Action<DeriveFailure> failed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return metric.Compute(run);
        }
        // Whatever a user's function throws is its own failure, except the end of the whole call.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failed(new DeriveFailure(run.Id, metric.Name, fault));
            return null;
        }
    }
}
