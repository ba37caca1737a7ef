namespace Assay.Journals;

/// <summary>
/// Numbers lines of journals, so that a message or an answer can cite file and line. Scans run over stretches of files and know offsets
/// only; each file is read once more, up to the last line in question.
/// </summary>
public static class LineNumbers
{
    private const int BlockSize = 1 << 16;

    /// <summary>The same damage, by file and place, with line numbers; a file that cannot be read again keeps 0.</summary>
    public static IReadOnlyList<JournalDamage> Of(IEnumerable<JournalDamage> damage) =>
        [.. damage.GroupBy(d => d.File).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Numbered([.. g.OrderBy(d => d.Offset)]))];

    /// <summary>The number of each line, from 1.</summary>
    /// <param name="places">The places of the lines.</param>
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
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }

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
