namespace Assay;

/// <summary>What a journal holds beyond what the index covers.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="Path">The file.</param>
/// <param name="From">Where the lines that were not read yet begin.</param>
/// <param name="To">Where they end.</param>
/// <param name="Checksum">That of the block <paramref name="From"/> lies in, up to there.</param>
internal sealed record JournalGain(int Number, string Path, long From, long To, uint Checksum)
{
    /// <summary>Parts that several threads can share; all but the first begin where blocks of checksums do.</summary>
    public IEnumerable<JournalStretch> Stretches()
    {
        for (long at = From; at < To;)
        {
            long next = Math.Min((at / StretchReader.Length + 1) * StretchReader.Length, To);
            yield return new JournalStretch(Path, at, next, To, IsLineStart: at == From);
            at = next;
        }
    }
}
