using System.Collections.Concurrent;
using System.Text.Json;

namespace Assay;

/// <summary>
/// Keeps the content hashes of input files between sessions, in the derived part of the store. Without it the files are read again,
/// so failures to read or write it are ignored. Thread-safe.
/// </summary>
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
