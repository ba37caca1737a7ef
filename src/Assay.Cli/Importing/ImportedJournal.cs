using System.Security.Cryptography;

namespace Assay.Cli;

/// <summary>
/// A journal of imported runs that is there whole or not at all: it is written under another name and renamed when all of it is on the disk, so that an import which was killed has
/// left no half of a run. Not thread-safe.
/// </summary>
internal sealed class ImportedJournal : IDisposable
{
    private readonly string _path;
    private readonly JournalWriter? _writer;
    private bool _closed;

    private ImportedJournal(string path, bool dryRun)
    {
        _path = path;
        if (!dryRun) _writer = new JournalWriter(() => JournalFile.Create(path + StoreLayout.Importing, syncFolder: false), Durability.Second, _ => { });
    }

    public long Length { get; private set; }

    /// <param name="layout">The store.</param>
    /// <param name="name">What the journal's name begins with.</param>
    /// <param name="dryRun">Whether nothing is written.</param>
    /// <remarks>The rest is chance: what was said of a journal that is gone, such as that its runs are removed, must not be taken for said of another.</remarks>
    public static ImportedJournal Begin(StoreLayout layout, string name, bool dryRun) =>
        new(layout.Journal($"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), dryRun);

    /// <summary>Removes what killed imports left. Only for whoever holds the lock of imports.</summary>
    public static void RemoveUnfinished(StoreLayout layout)
    {
        if (!Directory.Exists(layout.Journals)) return;
        foreach (string file in Directory.GetFiles(layout.Journals, "*" + StoreLayout.Importing)) StoreLeftovers.TryDelete(file);
    }

    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        _writer?.Append(line);
        Length += line.Length;
    }

    /// <summary>Gives the journal its name; from then on its runs are there.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Commit()
    {
        Close();
        if (_writer is null || Length == 0) return;
        try
        {
            File.Move(_path + StoreLayout.Importing, _path);
            FolderSync.Sync(Path.GetDirectoryName(_path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(_path, fault);
        }
    }

    /// <summary>Without <see cref="Commit"/> before, leaves nothing.</summary>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _writer?.Close(file => file.Dispose());
        StoreLeftovers.TryDelete(_path + StoreLayout.Importing);
    }

    private void Close()
    {
        _closed = true;
        _writer?.Close(file =>
        {
            using (file) file.Sync();
        });
        if (_writer?.Fault is not { } fault) return;
        StoreLeftovers.TryDelete(_path + StoreLayout.Importing);
        throw fault;
    }
}
