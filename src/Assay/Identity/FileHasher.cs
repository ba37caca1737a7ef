using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

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

/// <summary>Caches hashes by path, size and time; not those of files changed in the last two seconds, which may change unnoticed.</summary>
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
        try
        {
            for (int attempt = 0; attempt < MaxAttempts; attempt++)
            {
                (long size, DateTime changed) = SizeAndTime(path, full);
                if (_known.TryGetValue(full, out FileHash? known) && known.Size == size && known.Changed == changed.Ticks) return known;

                using FileStream content = System.IO.File.OpenRead(full);
                var hash = new FileHash(full, size, changed.Ticks, Convert.ToHexStringLower(SHA256.HashData(content)));
                if (SizeAndTime(path, full) != (size, changed)) continue;
                if (clock.GetUtcNow() - changed <= TimeResolution) return hash;
                _known[full] = hash;
                memory?.Add(hash);
                return hash;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CanonicalFormException(
                $"the file '{path}' cannot be read ({fault.Message}). Expected a readable input file; check its permissions.");
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
        // The size and the time of a link do not change when its target changes.
        if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) info = target;
        return (info.Length, info.LastWriteTimeUtc);
    }
}

/// <summary>The SHA-256 of a file's content, with its full path, its size and the time of its last change in UTC ticks.</summary>
internal sealed record FileHash(string Path, long Size, long Changed, string Sha256);

/// <summary>Keeps hashes of input files between sessions. Faults are ignored: the files are then read again. Thread-safe.</summary>
internal sealed class FileHashMemory(string path)
{
    private readonly Lock _gate = new();

    public ConcurrentDictionary<string, FileHash> Load()
    {
        var hashes = new ConcurrentDictionary<string, FileHash>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path)) return hashes;
            foreach (string line in File.ReadLines(path))
                if (Parse(line) is { } hash) hashes[hash.Path] = hash;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The files are read again.
        }

        return hashes;
    }

    public void Add(FileHash hash)
    {
        try
        {
            lock (_gate)
            {
                // A read-only use of the library must not create a store.
                if (!File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, "store.json"))) return;
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.AppendAllText(path, JsonSerializer.Serialize(hash) + "\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The file is read again in the next session.
        }
    }

    private static FileHash? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<FileHash>(line) is { Path: not null, Sha256.Length: 64 } hash ? hash : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The files of a folder and its sub-folders. Links to folders are followed, except to a folder that contains them.</summary>
internal static class FolderWalk
{
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        // A pattern may begin with folders, as in Directory.EnumerateFiles.
        string start = Path.Combine(folder, Path.GetDirectoryName(pattern) ?? "");
        return Files(start, Path.GetFileName(pattern), [RealPath(Path.GetFullPath(start))]);
    }

    private static IEnumerable<string> Files(string folder, string pattern, string[] ancestors)
    {
        foreach (string file in Directory.EnumerateFiles(folder, pattern)) yield return file;
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            bool isLink = new DirectoryInfo(inner).LinkTarget is not null;
            string real = isLink ? RealPath(Path.GetFullPath(inner)) : Path.Combine(ancestors[^1], Path.GetFileName(inner));
            if (isLink && ancestors.Contains(real)) continue;
            foreach (string file in Files(inner, pattern, [.. ancestors, real])) yield return file;
        }
    }

    // The recursion ends, because the system has resolved the path before and therefore it contains no cycle of links.
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        string real = Path.Combine(RealPath(parent), Path.GetFileName(path));
        FileSystemInfo? target = Directory.ResolveLinkTarget(real, returnFinalTarget: true);
        return target is null ? real : RealPath(Path.GetFullPath(target.FullName));
    }
}
