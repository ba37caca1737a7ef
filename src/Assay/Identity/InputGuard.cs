namespace Assay;

/// <summary>Detects after every run (slow inputs: ten times a second) that an input of the context has changed. Thread-safe.</summary>
internal sealed class InputGuard(IFileHasher files, TimeProvider clock) : IFileHasher
{
    private static readonly TimeSpan FastCheck = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly List<(Func<string> Hash, string Sha256, string Path)> _inputs = [];
    private long _nextCheck;

    public string File(FileRef file) => Watch(() => files.File(file), file.FullPath);

    public string Directory(DirectoryRef directory) => Watch(() => files.Directory(directory), directory.FullPath);

    /// <exception cref="AssayException">An input has changed, is missing or cannot be read.</exception>
    public void Check(bool thorough = false)
    {
        if (_inputs.Count == 0) return;
        long start = clock.GetTimestamp();
        if (!thorough && start < Volatile.Read(ref _nextCheck)) return;
        foreach ((Func<string> hash, string sha256, string path) in _inputs)
        {
            if (IsUnchanged(hash, sha256)) continue;
            throw new AssayException($"the input '{path}' has changed while the experiment was running; expected the same content. The "
                + "runs that ended in the meantime may have read either content. Restore the input to continue these runs, or run again "
                + "to start new ones; ResumeMode.All repeats the last ones.");
        }

        if (clock.GetElapsedTime(start) > FastCheck)
            Volatile.Write(ref _nextCheck, clock.GetTimestamp() + (long)(Pause.TotalSeconds * clock.TimestampFrequency));
    }

    private static bool IsUnchanged(Func<string> hash, string sha256)
    {
        try
        {
            return hash() == sha256;
        }
        catch (CanonicalFormException)
        {
            // The file is missing or cannot be read.
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
