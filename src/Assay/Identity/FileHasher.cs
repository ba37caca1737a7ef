using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Computes content hashes of input files. Thread-safe.</summary>
internal interface IFileHasher
{
    /// <summary>The SHA-256 of the content, in lower-case hex.</summary>
    /// <exception cref="CanonicalFormException">The file is missing or cannot be read.</exception>
    string File(FileRef file);

    /// <summary>The SHA-256 of the relative paths, lengths and content hashes of the files, in lower-case hex.</summary>
    /// <exception cref="CanonicalFormException">The folder or a file in it is missing or cannot be read.</exception>
    string Directory(DirectoryRef directory);
}

/// <summary>
/// Hashes files and caches the hashes by path, size and time of last change, so that an unchanged file is read once. The hash of a
/// file that was changed less than two seconds ago is not cached, because a second change might have the same time. A file that
/// changes while it is hashed is hashed again. Thread-safe.
/// </summary>
internal sealed class FileHasher(TimeProvider clock, FileHashMemory? memory = null) : IFileHasher
{
    private const int MaxAttempts = 3;
    private static readonly TimeSpan TimeResolution = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, FileHash> _known = memory?.Load() ?? new(StringComparer.Ordinal);

    public string File(FileRef file) => Hash(file.Path, file.FullPath).Sha256;

    public string Directory(DirectoryRef directory)
    {
        if (!System.IO.Directory.Exists(directory.FullPath))
            throw new CanonicalFormException($"the folder '{directory.Path}' does not exist (looked for {directory.FullPath}). "
                + "Expected an input folder; correct the path or create it.");
        var files = new JsonBuffer();
        foreach (string file in directory.Files())
        {
            FileHash hash = Hash(file, file);
            files.String(directory.RelativeTo(file)).Integer(hash.Size).String(hash.Sha256);
        }

        return Convert.ToHexStringLower(SHA256.HashData(files.Written));
    }

    private FileHash Hash(string path, string full)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            (long size, DateTime changed) = SizeAndTime(path, full);
            if (_known.TryGetValue(full, out FileHash? known) && known.Size == size && known.Changed == changed.Ticks) return known;

            var hash = new FileHash(full, size, changed.Ticks, HashContent(path, full));
            if (SizeAndTime(path, full) != (size, changed)) continue;
            if (clock.GetUtcNow() - changed > TimeResolution)
            {
                _known[full] = hash;
                memory?.Add(hash);
            }

            return hash;
        }

        throw new CanonicalFormException($"the file '{path}' changed each of the {MaxAttempts} times it was read ({full}). "
            + "Expected an input file that no program writes; wait until it is complete, or use a copy.");
    }

    private static (long Size, DateTime Changed) SizeAndTime(string path, string full)
    {
        var info = new FileInfo(full);
        if (!info.Exists)
            throw new CanonicalFormException($"the file '{path}' does not exist (looked for {full}). "
                + "Expected an input file; correct the path or create the file.");
        try
        {
            // The size and the time of a link do not change when its target changes.
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

/// <summary>The content hash of a file.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Changed">The time of the last change, in UTC ticks.</param>
/// <param name="Sha256">The SHA-256 of the content, in lower-case hex.</param>
internal sealed record FileHash(string Path, long Size, long Changed, string Sha256);
