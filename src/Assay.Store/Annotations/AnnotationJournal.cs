using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Writes a journal of <c>annotations/</c>: each is written once, whole, by whoever had something to say, so that no two writers meet and none is ever torn.</summary>
internal static class AnnotationJournal
{
    /// <summary>Writes whole lines as a journal of their own. They are on the disk when this returns, all of them, or none is there.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="what">What the lines do, for the name of the file.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="clock">For the name of the file.</param>
    /// <returns>The file.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static string Write(StoreLayout layout, string what, ReadOnlySpan<byte> lines, TimeProvider clock)
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = Path.Combine(layout.Annotations, $"{time}-{what}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.jsonl");
        try
        {
            bool isNew = !Directory.Exists(layout.Annotations);
            Directory.CreateDirectory(layout.Annotations);
            AtomicFile.Write(path, lines);
            if (isNew) FolderSync.Sync(layout.Root);
            return path;
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
            throw File.Exists(path) ? StoreFaults.AnnotationNotOnDisk(path, fault) : StoreFaults.CannotAnnotate(path, fault);
        }
    }
}
