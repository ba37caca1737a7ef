using System.Globalization;

namespace Assay;

/// <summary>How messages speak of removed runs.</summary>
internal static class RemovedText
{
    public static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Why a run that somebody asks for is not there, and what to do about it.</summary>
    public static string Explain(RemovedRun run) => run.FreedAt is { } freed
        ? $"run {run.Id} was removed on {Time(run.RemovedAt.UtcTicks)} UTC and freed on {Time(freed.UtcTicks)} UTC, so it cannot be restored."
        : $"run {run.Id} was removed on {Time(run.RemovedAt.UtcTicks)} UTC; 'assay rm --undo {run.Id}' at a shell restores it.";
}
