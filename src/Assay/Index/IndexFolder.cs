namespace Assay;

/// <summary>
/// The folder of the index while one process writes to it. Whoever cannot have it (another writes, the store is read-only, the disk is full) does
/// without: the index is only ever a shorter way to what the journals say.
/// </summary>
internal sealed class IndexFolder : IDisposable
{
    /// <summary>A file that no state names may be one that another process is about to name, or still reads.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FileStream _lock;

    private IndexFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public static IndexFolder? TryTake(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new IndexFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>Null when there is no room, or no right, to write it.</returns>
    public SegmentInfo? TryWrite(MemorySegment segment)
    {
        try
        {
            return SegmentFile.Write(Path, segment);
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault) || fault is TableException)
        {
            return null;
        }
    }

    /// <summary>Writes the state and removes files that none names any more.</summary>
    public void TryWrite(IndexState state, TimeProvider clock)
    {
        try
        {
            IndexStateFile.Write(Path, state);
            Sweep(state, clock);
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
        }
    }

    public void Dispose() => _lock.Dispose();

    private void Sweep(IndexState state, TimeProvider clock)
    {
        HashSet<string> named = [.. state.Segments.Select(s => s.File)];
        DateTimeOffset before = clock.GetUtcNow() - Grace;
        foreach (string file in (string[])[.. Directory.GetFiles(Path, "*" + SegmentFile.Extension), .. Directory.GetFiles(Path, "*.tmp")])
        {
            if (!named.Contains(System.IO.Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before) StoreLeftovers.TryDelete(file);
        }
    }
}
