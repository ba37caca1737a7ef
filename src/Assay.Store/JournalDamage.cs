namespace Assay;

/// <summary>A line that could not be read.</summary>
/// <param name="File">The journal.</param>
/// <param name="Offset">Where the line starts, in bytes.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Torn">Whether it is the unfinished last line a killed writer leaves: expected and harmless.</param>
public sealed record JournalDamage(string File, long Offset, string Reason, bool Torn)
{
    /// <summary>The line's number in its file, from 1.</summary>
    public long Line { get; init; }

    /// <summary>The journal itself, where it can be read again.</summary>
    internal JournalRef? Journal { get; init; }

    /// <summary>Why the file cannot be read from here on; null where the line alone is damaged.</summary>
    internal Exception? Unreadable { get; init; }

    internal static JournalDamage In(JournalRef journal, long offset, string reason, bool torn = false) =>
        new(journal.Location, offset, reason, torn) { Journal = journal };
}
