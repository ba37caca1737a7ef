using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Writes journals of annotations: each once and whole, so that no two writers meet and none is ever torn.</summary>
internal static class AnnotationJournal
{
    /// <summary>Writes lines as a journal of their own. All are on the disk when this returns, or none is there.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static JournalRef Write(StorageBackend storage, string what, byte[] lines, TimeProvider clock)
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var journal = new JournalRef(storage, JournalArea.Annotations, JournalInfo.NameOf($"{time}-{what}-{random}"));
        try
        {
            storage.WriteJournal(journal.Area, journal.Name, stream => stream.Write(lines));
            return journal;
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
            throw JournalRef.All(storage, JournalArea.Annotations).Contains(journal)
                ? StoreFaults.AnnotationNotOnDisk(journal.Location, fault)
                : StoreFaults.CannotAnnotate(journal.Location, fault);
        }
    }
}

/// <summary>Reads journals of annotations. A line that cannot be read is skipped and reported. Not thread-safe.</summary>
internal sealed class AnnotationReader : ILineTaker
{
    /// <summary>The lines of each run, those of one journal in their order.</summary>
    public Dictionary<UInt128, List<AnnotationLine>> ByRun { get; } = [];

    public List<JournalDamage> Damage { get; } = [];

    /// <summary>How many sound lines there are, those of unknown kinds among them.</summary>
    public int Lines { get; private set; }

    public void Read(JournalRef journal) => StretchReader.ReadAll(journal, this);

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset)
    {
        AnnotationLine? known = AnnotationLine.Read(line, offset);
        Lines++;
        if (known is not { } annotation) return;
        if (!ByRun.TryGetValue(annotation.RunId, out List<AnnotationLine>? lines)) ByRun.Add(annotation.RunId, lines = []);
        lines.Add(annotation);
    }

    void ILineTaker.Damaged(JournalDamage damage) => Damage.Add(damage);
}
