namespace Assay;

/// <summary>What the index has read of a journal, and by what it is known again.</summary>
internal sealed record JournalState
{
    /// <summary>How many bytes at the start, and how many at the end of what is covered, a journal is known again by.</summary>
    private const int Sample = 1 << 16;

    /// <summary>Within so long after a write, another one may leave the same time of change.</summary>
    private static readonly TimeSpan ClockResolution = TimeSpan.FromSeconds(2);

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>What its first line says.</summary>
    public required JournalHead Head { get; init; }

    /// <summary>Its length when it was last looked at.</summary>
    public long Length { get; init; }

    /// <summary>Its time of change then, in ticks of UTC.</summary>
    public long ChangedAt { get; init; }

    /// <summary>When that was, in ticks of UTC.</summary>
    public long SeenAt { get; init; }

    /// <summary>So many bytes, up to the end of a line, are in the index.</summary>
    public long Covered { get; init; }

    /// <summary>The checksum of the first bytes.</summary>
    public uint First { get; init; }

    /// <summary>The checksum of the last bytes that are covered.</summary>
    public uint Last { get; init; }

    /// <summary>The damaged lines in what is covered.</summary>
    public IReadOnlyList<JournalDamage> Damage { get; init; } = [];

    /// <summary>Whether the file is gone, or has been replaced or rewritten, so that rows of it do not count any more.</summary>
    public bool IsDead { get; init; }

    /// <summary>
    /// Whether what is covered still stands in the journal. Journals are only appended to, so one of the same length and time of change is the same, and one that has grown is compared at
    /// its start and at the end of what is covered. Anything else is another journal.
    /// </summary>
    /// <returns>The state as of now; null when it is another journal.</returns>
    public JournalState? Check(JournalRef journal, JournalInfo now, DateTimeOffset seenAt)
    {
        if (IsDead || now.Length < Covered || now.Length < Length) return null;
        if (now.Length == Length && now.ChangedAt == ChangedAt && SeenAt - ChangedAt > ClockResolution.Ticks) return this;
        if (Covered == 0) return this with { Length = now.Length, ChangedAt = now.ChangedAt, SeenAt = seenAt.UtcTicks };
        return Samples(journal, Covered) == (First, Last) ? this with { Length = now.Length, ChangedAt = now.ChangedAt, SeenAt = seenAt.UtcTicks } : null;
    }

    /// <summary>The checksums by which a journal is known again; none where it cannot be read.</summary>
    public static (uint First, uint Last)? Samples(JournalRef journal, long covered)
    {
        try
        {
            using JournalSource source = journal.Open();
            return (Checksum(source, 0, Math.Min(Sample, covered)), Checksum(source, Math.Max(0, covered - Sample), covered));
        }
        // The scan that follows reports what is wrong with it.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static uint Checksum(JournalSource source, long from, long to)
    {
        byte[] bytes = new byte[(int)(to - from)];
        int held = 0;
        while (held < bytes.Length && source.Read(bytes.AsSpan(held), from + held) is > 0 and int read) held += read;
        return Crc32C.Append(0, bytes.AsSpan(0, held));
    }
}
