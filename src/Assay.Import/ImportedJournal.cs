using System.Security.Cryptography;

namespace Assay.Import;

/// <summary>
/// A journal of imported runs. Its lines are gathered in a temporary file and become a journal all at once: an import that is killed
/// leaves no half of a run. Not thread-safe.
/// </summary>
internal sealed class ImportedJournal : IDisposable
{
    private readonly StorageBackend _storage;
    private readonly string _name;
    private readonly FileStream? _lines;

    private ImportedJournal(StorageBackend storage, string name, bool dryRun)
    {
        (_storage, _name) = (storage, name);
        if (dryRun) return;
        _lines = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }

    public long Length { get; private set; }

    /// <param name="storage">The store.</param>
    /// <param name="name">What the journal's name begins with.</param>
    /// <param name="dryRun">Whether nothing is written.</param>
    /// <remarks>
    /// The rest of the name is random: annotations of a journal that is gone, such as that its runs are removed, must not apply to another.
    /// </remarks>
    public static ImportedJournal Begin(StorageBackend storage, string name, bool dryRun) =>
        new(storage, JournalInfo.NameOf($"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), dryRun);

    public void Append(ReadOnlySpan<byte> line)
    {
        _lines?.Write(line);
        Length += line.Length;
    }

    /// <summary>Makes the journal of the lines; from then on its runs are in the store, and on the disk.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Commit()
    {
        if (_lines is null || Length == 0) return;
        try
        {
            _lines.Position = 0;
            _storage.WriteJournal(JournalArea.Runs, _name, stream => _lines.CopyTo(stream));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(_storage.Locate(JournalArea.Runs, _name), fault);
        }
    }

    /// <summary>Without <see cref="Commit"/> before, nothing is in the store.</summary>
    public void Dispose() => _lines?.Dispose();
}
