using Microsoft.Win32.SafeHandles;

namespace Assay.Storage;

/// <summary>A journal in a file.</summary>
internal sealed class FileJournal : JournalAppender
{
    private readonly SafeFileHandle _handle;
    private long _length;
    private long _synced;
    private volatile bool _isNameSynced;

    private FileJournal(string path, SafeFileHandle handle) => (Location, _handle) = (path, handle);

    public override string Location { get; }

    public override bool IsEmpty => Volatile.Read(ref _length) == 0;

    public override bool IsOnDisk => _isNameSynced && Volatile.Read(ref _length) == Volatile.Read(ref _synced);

    /// <summary>Creates a new file; an existing one is never appended to, because its last line may be torn.</summary>
    /// <exception cref="StoreException">The file cannot be created.</exception>
    public static FileJournal Create(string path, bool syncFolder = true)
    {
        FileJournal file = StoreFaults.Writing(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
            return new FileJournal(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, Shared));
        });
        if (syncFolder) file.SyncName();
        return file;
    }

    public override void Append(ReadOnlySpan<byte> lines)
    {
        try
        {
            RandomAccess.Write(_handle, lines, _length);
            Volatile.Write(ref _length, _length + lines.Length);
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
            CutBack(lines);
            throw StoreFaults.CannotWrite(Location, fault);
        }
    }

    public override void Sync()
    {
        long length = Volatile.Read(ref _length);
        if (length == Volatile.Read(ref _synced)) return;
        try
        {
            RandomAccess.FlushToDisk(_handle);
            // A file whose name is not on the disk is gone after a power failure.
            if (!_isNameSynced)
            {
                FolderSync.Sync(Path.GetDirectoryName(Location)!);
                _isNameSynced = true;
            }

            Volatile.Write(ref _synced, length);
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw StoreFaults.NotOnDisk(Location, fault);
        }
    }

    protected override void Dispose(bool disposing) => _handle.Dispose();

    private void SyncName()
    {
        try
        {
            FolderSync.Sync(Path.GetDirectoryName(Location)!);
            _isNameSynced = true;
        }
        catch (IOException fault)
        {
            Dispose();
            throw StoreFaults.NotOnDisk(Location, fault);
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
        catch (IOException) { }
    }
}

/// <summary>A journal in a file, for reading. Writers and other readers are not held off.</summary>
internal sealed class FileSource(string path) : JournalSource
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public override long Length => RandomAccess.GetLength(_handle);

    public override int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    protected override void Dispose(bool disposing) => _handle.Dispose();
}
