using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Content hashes of input files.</summary>
internal interface IFileHasher
{
    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    /// <exception cref="CanonicalFormException">The file is missing or cannot be read.</exception>
    string File(FileRef file);

    /// <summary>SHA-256 over relative path, length and hash of every file that counts.</summary>
    string Directory(DirectoryRef directory);
}

/// <summary>
/// Hashes files and remembers each by path, size and time of last change, so that an unchanged file is read once. A file changed
/// within two seconds of being hashed is not remembered: its time could hide a second change. A file changed while it is hashed is
/// hashed again. Thread-safe.
/// </summary>
internal sealed class FileHasher(TimeProvider clock, FileHashMemory? memory = null) : IFileHasher
{
    private const int Attempts = 3;
    private static readonly TimeSpan TooFresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, FileHash> _known = memory?.Load() ?? new ConcurrentDictionary<string, FileHash>(StringComparer.Ordinal);

    public string File(FileRef file) => Hash(file.Path, file.FullPath).Sha256;

    public string Directory(DirectoryRef directory)
    {
        if (!System.IO.Directory.Exists(directory.FullPath))
            throw new CanonicalFormException(
                $"the folder '{directory.Path}' does not exist (looked for {directory.FullPath}). Expected an input folder; correct the path or create it.");
        var all = new JsonBuffer();
        foreach (string file in directory.Files())
        {
            FileHash hash = Hash(file, file);
            all.String(directory.RelativeTo(file)).Integer(hash.Size).String(hash.Sha256);
        }

        return Convert.ToHexStringLower(SHA256.HashData(all.Written));
    }

    private FileHash Hash(string path, string full)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            (long size, DateTime changed) = Look(path, full);
            if (_known.TryGetValue(full, out FileHash? known) && known.Size == size && known.Changed == changed.Ticks) return known;

            var hash = new FileHash(full, size, changed.Ticks, HashContent(path, full));
            if (Look(path, full) != (size, changed)) continue;
            if (clock.GetUtcNow() - changed > TooFresh)
            {
                _known[full] = hash;
                memory?.Remember(hash);
            }

            return hash;
        }

        throw new CanonicalFormException(
            $"the file '{path}' changed each of the {Attempts} times it was read ({full}). Expected an input file that nobody writes to; wait until it is finished, or use a copy.");
    }

    private static (long Size, DateTime Changed) Look(string path, string full)
    {
        var info = new FileInfo(full);
        if (!info.Exists)
            throw new CanonicalFormException($"the file '{path}' does not exist (looked for {full}). Expected an input file; correct the path or create the file.");
        try
        {
            // Of a link, size and time are those of the link itself, which stay when the file behind it changes.
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) info = target;
            return (info.Length, info.LastWriteTimeUtc);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }
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
            throw Unreadable(path, fault);
        }
    }

    private static CanonicalFormException Unreadable(string path, Exception fault) =>
        new($"the file '{path}' cannot be read ({fault.Message}). Expected a readable input file; check its permissions.");
}

/// <summary>What is remembered of one file.</summary>
internal sealed record FileHash(string Path, long Size, long Changed, string Sha256);
