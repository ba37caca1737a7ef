namespace Assay.Journals;

/// <summary>
/// Numbers the lines of damage. Scans run over stretches of files and know offsets only, so the line feeds before a damaged line are
/// counted afterwards, once a file, and only where there is damage.
/// </summary>
public static class LineNumbers
{
    private const int BlockSize = 1 << 16;

    /// <summary>The same damage, by file and place, with line numbers; a file that cannot be read again keeps 0.</summary>
    public static IReadOnlyList<JournalDamage> Of(IEnumerable<JournalDamage> damage) =>
        [.. damage.GroupBy(d => d.File).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Numbered([.. g.OrderBy(d => d.Offset)]))];

    private static JournalDamage[] Numbered(JournalDamage[] damage)
    {
        if (damage[0].Journal is not { } journal) return damage;
        try
        {
            using JournalSource source = journal.Open();
            byte[] block = new byte[BlockSize];
            long at = 0, line = 1;
            for (int i = 0; i < damage.Length; i++)
            {
                while (at < damage[i].Offset)
                {
                    int read = source.Read(block.AsSpan(0, (int)Math.Min(block.Length, damage[i].Offset - at)), at);
                    if (read == 0) return damage;
                    line += block.AsSpan(0, read).Count((byte)'\n');
                    at += read;
                }

                damage[i] = damage[i] with { Line = line };
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }

        return damage;
    }
}
