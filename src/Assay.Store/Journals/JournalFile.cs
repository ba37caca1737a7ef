using Microsoft.Win32.SafeHandles;

namespace Assay;

/// <summary>One journal on disk, open for appending by its only writer. Not thread-safe but for <see cref="Sync"/>.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private long _length;
    private long _synced;
    private volatile bool _isNameSynced;

    private JournalFile(string path, SafeFileHandle handle) => (Path, _handle) = (path, handle);

    public string Path { get; }

    /// <summary>Whether nothing was ever appended.</summary>
    public bool IsEmpty => Volatile.Read(ref _length) == 0;

    /// <summary>Whether all that was appended is on the disk, under its name.</summary>
    public bool IsOnDisk => _isNameSynced && Volatile.Read(ref _length) == Volatile.Read(ref _synced);

    /// <summary>Creates a new file; an existing one is never appended to, because its last line may be torn.</summary>
    /// <param name="path">The file.</param>
    /// <param name="syncFolder">Whether its name must be on the disk before anything is written to it.</param>
    /// <exception cref="StoreException">The file cannot be created.</exception>
    public static JournalFile Create(string path, bool syncFolder = true)
    {
        try
        {
            string folder = System.IO.Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            var file = new JournalFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
            if (!syncFolder) return file;
            SyncFolder(folder, file);
            file._isNameSynced = true;
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(path, fault);
        }
    }

    /// <exception cref="StoreException">The write failed; the file has been cut back to its last whole line.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            RandomAccess.Write(_handle, lines, _length);
            Volatile.Write(ref _length, _length + lines.Length);
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
            CutBack(lines);
            throw StoreFaults.CannotWrite(Path, fault);
        }
    }

    /// <summary>Has everything appended so far written to the disk itself.</summary>
    /// <param name="name">Whether the file's name is to be there too: a file without one is gone after a power failure.</param>
    public void Sync(bool name = true)
    {
        long length = Volatile.Read(ref _length);
        if (length == Volatile.Read(ref _synced)) return;
        try
        {
            RandomAccess.FlushToDisk(_handle);
            if (name && !_isNameSynced)
            {
                FolderSync.Sync(System.IO.Path.GetDirectoryName(Path)!);
                _isNameSynced = true;
            }

            Volatile.Write(ref _synced, length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.NotOnDisk(Path, fault);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void SyncFolder(string folder, JournalFile file)
    {
        try
        {
            FolderSync.Sync(folder);
        }
        catch (IOException fault)
        {
            file.Dispose();
            throw StoreFaults.NotOnDisk(file.Path, fault);
        }
    }

    // A torn line at the end is harmless to readers, so failing to remove it is no further fault.
    private void CutBack(ReadOnlySpan<byte> lines)
    {
        try
        {
            long arrived = Math.Clamp(RandomAccess.GetLength(_handle) - _length, 0, lines.Length);
            _length += lines[..(int)arrived].LastIndexOf((byte)'\n') + 1;
            RandomAccess.SetLength(_handle, _length);
        }
        catch (IOException)
        {
        }
    }
}
