namespace Assay;

/// <summary>Finds temporary files and locks that killed programs left. All of them are harmless.</summary>
internal sealed class LeftoverCheck(StoreLayout layout, TimeProvider clock, StoreHealth health)
{
    public void Run()
    {
        foreach (string file in StoreLeftovers.Places(layout).SelectMany(p => Files(p.Folder, p.Pattern)).Order(StringComparer.Ordinal))
        {
            const string Message = "a temporary file. It may be deleted while nothing writes to the store.";
            health.Add(new Finding(FindingKind.LeftoverFile, Message) { File = file });
        }

        foreach (string name in LockNames().Where(n => !FileLease.IsHeld(n, clock))) CheckLock(name);
    }

    // The empty file of a shared lock stays on purpose; only a description beside it shows that its holder was killed.
    private void CheckLock(string name)
    {
        bool isDescribed = File.Exists(name + ".json");
        if (!isDescribed && !LeaseName.IsWriter(Path.GetFileName(name))) return;
        LeaseHolder? holder = LeaseHolder.TryRead(name + ".json");
        string message = $"a lock nobody holds any more{(holder is null ? "" : $", of {holder}")}. It hinders nobody.";
        health.Add(new Finding(FindingKind.StaleLock, message) { File = name + (isDescribed ? ".json" : ".lock") });
    }

    private IEnumerable<string> LockNames() => Files(layout.Locks, "*.lock").Concat(Files(layout.Locks, "*.json"))
        .Select(f => Path.Combine(layout.Locks, Path.GetFileNameWithoutExtension(f)))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];
}
