using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>
/// Writes journals of annotations: each is written once, whole, by the process that has something to say, so that no two writers meet and
/// none is ever torn.
/// </summary>
internal static class AnnotationJournal
{
    /// <summary>
    /// Writes whole lines as a journal of their own. They are on the disk when this returns, all of them, or none is there.
    /// </summary>
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
