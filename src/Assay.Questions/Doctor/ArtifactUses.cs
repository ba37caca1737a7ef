using System.Text.Json;

namespace Assay.Questions;

/// <summary>Which artifacts the journals refer to, each with the first line that does.</summary>
internal sealed class ArtifactUses
{
    private readonly Dictionary<ArtifactAddress, ArtifactUse> _uses = [];

    public IEnumerable<KeyValuePair<ArtifactAddress, ArtifactUse>> All => _uses;

    public bool Contains(ArtifactAddress address) => _uses.ContainsKey(address);

    public ArtifactUse? Find(ArtifactAddress address) => _uses.GetValueOrDefault(address);

    /// <param name="value">The value of an artifact line that has been checked.</param>
    /// <param name="place">Where the line stands.</param>
    public void Add(JsonElement value, ArtifactUse place)
    {
        if (value.TryGetProperty("data", out _)) return;
        ArtifactAddress address = ArtifactAddress.TryParse(value.GetProperty("sha256").GetString()!)!.Value;
        // A directory's size is that of its files, not of the manifest that its address leads to.
        bool isDirectory = value.GetProperty("kind").ValueEquals("directory"u8);
        Add(address, place with { IsDirectory = isDirectory, Size = isDirectory ? null : value.GetProperty("size").GetInt64() });
    }

    // What one run may miss, another may need.
    private void Add(ArtifactAddress address, ArtifactUse use)
    {
        if (!_uses.TryAdd(address, use) && _uses[address].MayBeMissing) _uses[address] = use;
    }

    /// <summary>Adds the files that directory artifacts list. A manifest that cannot be read is damaged, which its hash shows.</summary>
    public void AddDirectories(StorageBackend storage)
    {
        foreach ((ArtifactAddress address, ArtifactUse use) in _uses.Where(u => u.Value.IsDirectory).ToArray())
        {
            try
            {
                using Stream manifest = storage.ReadArtifact(address.ToString());
                foreach ((_, string sha256) in DirectoryManifest.Read(manifest))
                {
                    if (ArtifactAddress.TryParse(sha256) is { } file) Add(file, use with { IsDirectory = false, Size = null });
                }
            }
            catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException
                or JsonException or KeyNotFoundException or InvalidOperationException)
            {
            }
        }
    }
}

/// <summary>A line that refers to an artifact.</summary>
internal sealed record ArtifactUse(string Journal, long Line, long Offset, string RunId, string Name)
{
    public bool IsDirectory { get; init; }

    /// <summary>Whether the run has been freed, so that its artifacts may be gone.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>The length the line says the content has; null where it does not say.</summary>
    public long? Size { get; init; }
}
