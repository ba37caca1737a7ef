namespace Assay;

/// <summary>What the index has read of a journal, and by what it is known again.</summary>
internal sealed record JournalState
{
    /// <summary>Journals no longer than this are compared in whole before what was appended is read; of longer ones the first and the last block.</summary>
    private const long WorthComparing = 2L * StretchReader.Length;

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

    /// <summary>The checksums of what is covered, one for each 8 MiB.</summary>
    public IReadOnlyList<uint> Blocks { get; init; } = [];

    /// <summary>The damaged lines in what is covered.</summary>
    public IReadOnlyList<JournalDamage> Damage { get; init; } = [];

    /// <summary>Whether the file is gone, or has been replaced or rewritten, so that rows of it do not count any more.</summary>
    public bool IsDead { get; init; }

    /// <summary>
    /// Whether what is covered still stands in the file. A journal is only ever appended to, so a file of the same length and time of change is taken for the same, and of a long one
    /// that has grown only the first and the last block are compared; any other is compared in whole.
    /// </summary>
    /// <returns>The state as of now; null when the file is another one.</returns>
    public JournalState? Check(string path, FileInfo file, DateTimeOffset now)
    {
        if (IsDead || !file.Exists || file.Length < Covered) return null;
        long changedAt = file.LastWriteTimeUtc.Ticks;
        bool isSame = file.Length == Length && changedAt == ChangedAt;
        if (isSame && SeenAt - ChangedAt > ClockResolution.Ticks) return this;
        bool hasGrown = file.Length > Length && Covered > WorthComparing;
        int[] blocks = hasGrown ? [0, Blocks.Count - 1] : [.. Enumerable.Range(0, Blocks.Count)];
        return Compare(path, blocks) ? this with { Length = file.Length, ChangedAt = changedAt, SeenAt = now.UtcTicks } : null;
    }

    private bool Compare(string path, int[] blocks)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            bool isSame = true;
            Parallel.ForEach(blocks, (block, loop) =>
            {
                long from = (long)block * StretchReader.Length;
                if (Checksum(handle, from, Math.Min(from + StretchReader.Length, Covered)) == Blocks[block]) return;
                Volatile.Write(ref isSame, false);
                loop.Stop();
            });
            return isSame;
        }
        // The scan that follows says what is wrong with it.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static uint Checksum(Microsoft.Win32.SafeHandles.SafeFileHandle file, long from, long to)
    {
        byte[] bytes = new byte[(int)Math.Min(to - from, 1 << 20)];
        uint checksum = 0;
        while (from < to && RandomAccess.Read(file, bytes.AsSpan(0, (int)Math.Min(bytes.Length, to - from)), from) is > 0 and int read)
        {
            checksum = Crc32C.Append(checksum, bytes.AsSpan(0, read));
            from += read;
        }

        return checksum;
    }
}
