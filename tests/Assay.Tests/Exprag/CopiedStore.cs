namespace Assay.Tests.Exprag;

/// <summary>A copy of a store as somebody carries it elsewhere, and what exprag's reader says of it.</summary>
internal sealed class CopiedStore : IDisposable
{
    private readonly TempFolder _folder = new();

    public CopiedStore(string store)
    {
        foreach (string file in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            // Of use only where the writers are; those that live hold them.
            if (Path.GetFileName(Path.GetDirectoryName(file)) == "locks") continue;
            string copy = Path.Combine(Root, Path.GetRelativePath(store, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>What EXPRAG_DIR would name.</summary>
    public string Root => _folder.File("copy");

    public List<Dictionary<string, object?>> Records => ExpragReader.LoadRecords(Root);

    public List<Dictionary<string, object?>> Tracked => [.. ExpragReader.TrackRecords(Records)];

    public string Journal(string name) => Path.Combine(Root, "runs", name);

    public void Dispose() => _folder.Dispose();
}
