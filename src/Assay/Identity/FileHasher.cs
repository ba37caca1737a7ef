using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Content hashes of input files.</summary>
internal interface IFileHasher
{
    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    /// <exception cref="CanonicalFormException">The file is missing or cannot be read.</exception>
    string File(string path);

    /// <summary>SHA-256 over relative path, length and hash of every file that counts.</summary>
    string Directory(DirectoryRef directory);
}

/// <summary>
/// Hashes files and remembers each by path, size and time of last change, so that an unchanged file is read once. A file changed
/// within two seconds of being hashed is not remembered: its time could hide a second change. Thread-safe.
/// </summary>
internal sealed class FileHasher(TimeProvider clock, FileHashMemory? memory = null) : IFileHasher
{
    private static readonly TimeSpan TooFresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, FileHash> _known = memory?.Load() ?? new ConcurrentDictionary<string, FileHash>(StringComparer.Ordinal);

    public string File(string path)
    {
        string full = Path.GetFullPath(path);
        var info = new FileInfo(full);
        if (!info.Exists)
            throw new CanonicalFormException($"the file '{path}' does not exist (looked for {full}). Expected an input file; correct the path or create the file.");
        if (_known.TryGetValue(full, out FileHash? known) && known.Size == info.Length && known.Changed == info.LastWriteTimeUtc.Ticks)
            return known.Sha256;

        var hash = new FileHash(full, info.Length, info.LastWriteTimeUtc.Ticks, HashContent(path, full));
        if (clock.GetUtcNow() - info.LastWriteTimeUtc > TooFresh)
        {
            _known[full] = hash;
            memory?.Remember(hash);
        }

        return hash.Sha256;
    }

    public string Directory(DirectoryRef directory)
    {
        if (!System.IO.Directory.Exists(directory.Path))
            throw new CanonicalFormException(
                $"the folder '{directory.Path}' does not exist (looked for {Path.GetFullPath(directory.Path)}). Expected an input folder; correct the path or create it.");
        var all = new JsonBuffer();
        foreach (string file in directory.Files())
            all.String(directory.RelativeTo(file)).Integer(new FileInfo(file).Length).String(File(file));
        return Convert.ToHexStringLower(SHA256.HashData(all.Written));
    }

    private static string HashContent(string path, string full)
    {
        try
        {
            using FileStream stream = System.IO.File.OpenRead(full);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CanonicalFormException($"the file '{path}' cannot be read ({fault.Message}). Expected a readable input file; check its permissions.");
        }
    }
}

/// <summary>What is remembered of one file.</summary>
internal sealed record FileHash(string Path, long Size, long Changed, string Sha256);
