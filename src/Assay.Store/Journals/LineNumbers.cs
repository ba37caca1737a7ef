namespace Assay.Journals;

/// <summary>Numbers lines of journals, which scans know by offset only: each file is read once more, up to the last line.</summary>
public static class LineNumbers
{
    private const int BlockSize = 1 << 16;

    /// <summary>The same damage, by file and place, with line numbers; a file that cannot be read again keeps 0.</summary>
    public static IReadOnlyList<JournalDamage> Of(IEnumerable<JournalDamage> damage) =>
        [.. damage.GroupBy(d => d.File).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Numbered([.. g.OrderBy(d => d.Offset)]))];

    /// <summary>The number of each line, from 1.</summary>
    /// <exception cref="StoreException">A journal ends before a line.</exception>
    public static IReadOnlyDictionary<LinePlace, long> Of(IEnumerable<LinePlace> places)
    {
        var numbers = new Dictionary<LinePlace, long>();
        foreach (IGrouping<JournalRef, LinePlace> file in places.Distinct().GroupBy(p => p.Journal))
        {
            LinePlace[] lines = [.. file.OrderBy(p => p.Offset)];
            long[] found = [.. Count(file.Key, lines.Select(p => p.Offset))];
            if (found.Length < lines.Length)
            {
                throw new StoreException($"the journal '{file.Key.Location}' ends before byte {lines[found.Length].Offset}, "
                    + "where a line was just read: it was truncated meanwhile. Ask again.")
                { IsOfChangedFile = true };
            }

            for (int i = 0; i < lines.Length; i++) numbers.Add(lines[i], found[i]);
        }

        return numbers;
    }

    private static JournalDamage[] Numbered(JournalDamage[] damage)
    {
        if (damage[0].Journal is not { } journal) return damage;
        try
        {
            foreach ((int i, long line) in Count(journal, damage.Select(d => d.Offset)).Index()) damage[i] = damage[i] with { Line = line };
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault)) { }

        return damage;
    }

    // The numbers of the lines at ascending offsets; fewer where the journal ends before one.
    private static IEnumerable<long> Count(JournalRef journal, IEnumerable<long> offsets)
    {
        using JournalSource source = journal.Open();
        byte[] block = new byte[BlockSize];
        long at = 0, line = 1;
        foreach (long offset in offsets)
        {
            while (at < offset)
            {
                int read = source.Read(block.AsSpan(0, (int)Math.Min(block.Length, offset - at)), at);
                if (read == 0) yield break;
                line += block.AsSpan(0, read).Count((byte)'\n');
                at += read;
            }

            yield return line;
        }
    }
}

/// <summary>Takes a line without its line feed, its number from 1 and its offset; the bytes are valid during the call only.</summary>
internal delegate void LineTaker(ReadOnlySpan<byte> line, long number, long offset, bool whole);

/// <summary>Reads a journal front to back, with numbers of lines, in memory of the longest line's size.</summary>
internal static class NumberedLines
{
    private const int BlockSize = 1 << 18;

    /// <returns>The number of bytes read.</returns>
    public static long Read(JournalRef journal, LineTaker take)
    {
        using JournalSource source = journal.Open();
        byte[] block = new byte[BlockSize];
        long number = 0, offset = 0;
        int held = 0, searched = 0;
        // Of a line that is too long the beginning is taken, which is damaged.
        (byte[] Beginning, long Offset)? tooLong = null;
        while (true)
        {
            if (held == block.Length && held >= LineChecksum.LongestLine)
            {
                tooLong ??= (block[..BlockSize], offset);
                (offset, held, searched) = (offset + held, 0, 0);
            }
            else if (held == block.Length) Array.Resize(ref block, block.Length * 2);

            int read = source.Read(block.AsSpan(held), offset + held);
            if (read == 0) break;
            held += read;
            int start = 0;
            for (int length; (length = block.AsSpan(start + searched, held - start - searched).IndexOf((byte)'\n')) >= 0;)
            {
                length += searched;
                searched = 0;
                if (tooLong is var (beginning, at)) take(beginning, ++number, at, whole: true);
                else take(block.AsSpan(start, length), ++number, offset, whole: true);
                tooLong = null;
                start += length + 1;
                offset += length + 1;
            }

            block.AsSpan(start, held - start).CopyTo(block);
            held -= start;
            searched = held;
        }

        if (held > 0) take(block.AsSpan(0, held), number + 1, offset, whole: false);
        return offset + held;
    }
}
