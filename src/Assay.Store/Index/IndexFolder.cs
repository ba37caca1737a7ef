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

    /// <summary>The files of an index, but for its lock. The state comes first: without it nobody asks for the others.</summary>
    public static IReadOnlyList<string> All(string path) =>
        [.. Directory.GetFiles(path, "state.json"), .. Directory.GetFiles(path, "*" + SegmentFile.Extension), .. Directory.GetFiles(path, "*.tmp")];

    /// <summary>Files that a state does not name, and that nobody has written to for a while.</summary>
    public static IReadOnlyList<string> Unnamed(string path, IndexState state, TimeProvider clock)
    {
        HashSet<string> named = [.. state.Segments.Select(s => s.File), "state.json"];
        DateTimeOffset before = clock.GetUtcNow() - Grace;
        return [.. All(path).Where(file => !named.Contains(System.IO.Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before)];
    }

    private void Sweep(IndexState state, TimeProvider clock)
    {
        foreach (string file in Unnamed(Path, state, clock)) StoreLeftovers.TryDelete(file);
    }
}
