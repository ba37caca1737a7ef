namespace Assay;

/// <summary>Reads journals of annotations. A line that cannot be read is skipped and reported. Not thread-safe.</summary>
internal sealed class AnnotationReader : ILineTaker
{
    private readonly List<JournalDamage> _damage = [];

    /// <summary>The lines of each run, those of one journal in their order.</summary>
    public Dictionary<UInt128, List<AnnotationLine>> ByRun { get; } = [];

    public IReadOnlyList<JournalDamage> Damage => _damage;

    /// <summary>How many sound lines there are, those of unknown kinds among them.</summary>
    public int Lines { get; private set; }

    public void Read(JournalRef journal)
    {
        long length = JournalScanner.LengthOf(journal, _damage.Add);
        if (length > 0) StretchReader.Read(new JournalStretch(journal, 0, length, length, IsLineStart: true), this);
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset)
    {
        AnnotationLine? known = AnnotationLine.Read(line, offset);
        Lines++;
        if (known is not { } annotation) return;
        if (!ByRun.TryGetValue(annotation.RunId, out List<AnnotationLine>? lines)) ByRun.Add(annotation.RunId, lines = []);
        lines.Add(annotation);
    }

    void ILineTaker.Damaged(JournalDamage damage) => _damage.Add(damage);
}
