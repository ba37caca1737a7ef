namespace Assay;

/// <summary>What a journal holds beyond what the index covers.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="Journal">The journal.</param>
/// <param name="From">Where the lines that were not read yet begin.</param>
/// <param name="To">Where they end.</param>
internal sealed record JournalGain(int Number, JournalRef Journal, long From, long To)
{
    /// <summary>Parts that several threads can share.</summary>
    public IEnumerable<JournalStretch> Stretches()
    {
        for (long at = From; at < To; at += StretchReader.Length)
            yield return new JournalStretch(Journal, at, Math.Min(at + StretchReader.Length, To), To, IsLineStart: at == From);
    }
}
