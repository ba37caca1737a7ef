using System.Collections.Concurrent;
using System.Text.Json;

namespace Assay;

/// <summary>
/// Remembers content hashes of input files between sessions, in the derived part of the store. Losing it costs reading the files
/// again and nothing else, so every trouble with it is passed over.
/// </summary>
internal sealed class FileHashMemory(string path)
{
    private readonly Lock _gate = new();

    public ConcurrentDictionary<string, FileHash> Load()
    {
        var known = new ConcurrentDictionary<string, FileHash>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path)) return known;
            foreach (string line in File.ReadLines(path))
            {
                if (Parse(line) is { } hash) known[hash.Path] = hash;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }

        return known;
    }

    public void Remember(FileHash hash)
    {
        try
        {
            lock (_gate)
            {
                // Opening for reading creates nothing: without a store there is nothing to remember in.
                if (!File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, "store.json"))) return;
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.AppendAllText(path, JsonSerializer.Serialize(hash) + "\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
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
