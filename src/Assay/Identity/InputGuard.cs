namespace Assay;

/// <summary>
/// Notices that an input file of the context changes while the experiment runs: a run that read the new content would stand under the fingerprint of the old. Looks after every
/// run, and where looking takes long (a folder of many files) ten times a second and at the end. Thread-safe.
/// </summary>
internal sealed class InputGuard(IFileHasher files, TimeProvider clock) : IFileHasher
{
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly List<(Func<string> Hash, string Sha256, string Path)> _inputs = [];
    private long _lookAgainAt;

    /// <summary>Hashes a file and remembers to watch it.</summary>
    public string File(FileRef file) => Watch(() => files.File(file), file.FullPath);

    /// <inheritdoc cref="File"/>
    public string Directory(DirectoryRef directory) => Watch(() => files.Directory(directory), directory.FullPath);

    /// <exception cref="AssayException">An input is no longer what it was.</exception>
    public void Check(bool thorough = false)
    {
        if (_inputs.Count == 0) return;
        long start = clock.GetTimestamp();
        if (!thorough && start < Volatile.Read(ref _lookAgainAt)) return;
        foreach ((Func<string> hash, string sha256, string path) in _inputs)
        {
            if (Same(hash, sha256)) continue;
            throw new AssayException($"the input '{path}' has changed while the experiment was running. Expected inputs to stay as they are; runs that ended meanwhile may have read either content. " +
                                     "Restore it to go on with these runs, or run again to start new ones; run with ResumeMode.All if in doubt about the last ones.");
        }

        TimeSpan took = clock.GetElapsedTime(start);
        if (took > Cheap) Volatile.Write(ref _lookAgainAt, clock.GetTimestamp() + (long)(Pause.TotalSeconds * clock.TimestampFrequency));
    }

    private static bool Same(Func<string> hash, string sha256)
    {
        try
        {
            return hash() == sha256;
        }
        catch (CanonicalFormException)
        {
            // Gone, or no longer readable.
            return false;
        }
    }

    private string Watch(Func<string> hash, string path)
    {
        string sha256 = hash();
        lock (_gate) _inputs.Add((hash, sha256, path));
        return sha256;
    }
}
