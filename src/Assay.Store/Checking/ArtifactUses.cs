using System.Text.Json;

namespace Assay;

/// <summary>The artifacts that journals refer to, each with the first line that does.</summary>
internal sealed class ArtifactUses
{
    private readonly Dictionary<ArtifactAddress, ArtifactUse> _uses = [];

    public IEnumerable<KeyValuePair<ArtifactAddress, ArtifactUse>> All => _uses;

    public ArtifactUse? Find(ArtifactAddress address) => _uses.GetValueOrDefault(address);

    /// <param name="value">The value of an artifact line that has been checked.</param>
    /// <param name="place">The place of the line.</param>
    public void Add(JsonElement value, ArtifactUse place)
    {
        if (value.TryGetProperty("data", out _)) return;
        ArtifactAddress address = ArtifactAddress.TryParse(value.GetProperty("sha256").GetString()!)!.Value;
        // The size of a directory is that of its files, whereas its address is that of their list.
        bool isDirectory = value.GetProperty("kind").ValueEquals("directory"u8);
        Add(address, place with { IsDirectory = isDirectory, Size = isDirectory ? null : value.GetProperty("size").GetInt64() });
    }

    // An artifact that one run may lack, another run may need.
    private void Add(ArtifactAddress address, ArtifactUse use)
    {
        if (!_uses.TryAdd(address, use) && _uses[address].MayBeMissing) _uses[address] = use;
    }

    /// <summary>Adds the files that directory artifacts list. A list that cannot be read is damaged, which its hash shows.</summary>
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

    /// <summary>Whether a cleanup has freed the run, so that its artifacts may be gone.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>The length of the content according to the line; null where the line does not contain it.</summary>
    public long? Size { get; init; }
}
