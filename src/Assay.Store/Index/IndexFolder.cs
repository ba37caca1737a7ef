namespace Assay;

/// <summary>The folder of the index while one process writes to it; a process that cannot have it does without.</summary>
internal sealed class IndexFolder : IDisposable
{
    /// <summary>Within this time, a file that no state names may be one that another process is about to name, or still reads.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FileStream _lock;

    private IndexFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public static IndexFolder? TryTake(string path) => StoreFaults.Or(null, () =>
    {
        Directory.CreateDirectory(path);
        string name = System.IO.Path.Combine(path, "lock");
        if (StoreEntry.IsForeign(name)) return null;
        return new IndexFolder(path, new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    });

    /// <returns>Null when there is no room, or no right, to write it.</returns>
    public SegmentInfo? TryWrite(RunSegment segment) =>
        StoreFaults.Or(null, () => SegmentFile.Write(Path, segment), StoreFaults.IsOfWriting);

    /// <summary>Writes the state and removes files that no state has named for <see cref="Grace"/>.</summary>
    public void TryWrite(IndexState state, TimeProvider clock) => StoreFaults.Or(state, () =>
    {
        // Other processes may have read the state that is replaced: the grace of its segments begins now.
        DateTime now = clock.GetUtcNow().UtcDateTime;
        foreach (string file in IndexState.Read(Path).Segments.Select(s => s.File).Except(state.Segments.Select(s => s.File)))
            StoreFaults.Try(() => File.SetLastWriteTimeUtc(System.IO.Path.Combine(Path, file), now));
        state.Write(Path);
        foreach (string file in Unnamed(Path, state, clock)) StoreLeftovers.TryDelete(file);
        return state;
    }, StoreFaults.IsOfWriting);

    public void Dispose() => _lock.Dispose();

    /// <summary>The files of an index, but for its lock. The state comes first: without it the others are not used.</summary>
    public static IReadOnlyList<string> All(string path) =>
        [.. new[] { IndexState.FileName, "*" + SegmentFile.Extension, "*.tmp" }.SelectMany(pattern => Directory.GetFiles(path, pattern))];

    /// <summary>Files that a state does not name, and that were not written to within <see cref="Grace"/>.</summary>
    public static IReadOnlyList<string> Unnamed(string path, IndexState state, TimeProvider clock)
    {
        HashSet<string> named = [.. state.Segments.Select(s => s.File), IndexState.FileName];
        DateTimeOffset before = clock.GetUtcNow() - Grace;
        return [.. All(path).Where(file => !named.Contains(System.IO.Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before)];
    }
}
