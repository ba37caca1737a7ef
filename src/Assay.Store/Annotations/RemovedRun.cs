using System.Globalization;

namespace Assay;

/// <summary>A run that was removed: no list, table or resumed experiment knows it any more.</summary>
/// <param name="Id">32 lower-case hexadecimal digits.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="RemovedAt">When it was removed, in UTC.</param>
public sealed record RemovedRun(string Id, string Experiment, DateTimeOffset RemovedAt)
{
    /// <summary>When a cleanup freed what the run held, in UTC: from then on it cannot be restored. Null while it can.</summary>
    public DateTimeOffset? FreedAt { get; init; }

    /// <summary>A sentence for whoever asks for the run: when it was removed, and whether it can be restored.</summary>
    public string Explanation => FreedAt is { } freed
        ? $"run {Id} was removed on {Text(RemovedAt)} UTC and freed on {Text(freed)} UTC, so it cannot be restored."
        : $"run {Id} was removed on {Text(RemovedAt)} UTC; 'assay rm --undo {Id}' at a shell restores it.";

    internal UInt128 RunId => UInt128.Parse(Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The attempts that were removed.</summary>
    public IReadOnlyList<AttemptPlace> Places { get; init; } = [];

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>An attempt of a run in one journal: what an annotation is about, so that a later run of the same id is another one.</summary>
/// <param name="Journal">Name of the journal's file.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct AttemptPlace(string Journal, int Attempt);
