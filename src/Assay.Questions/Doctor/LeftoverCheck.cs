namespace Assay.Questions;

/// <summary>Looks for what killed programs leave behind: temporary files and locks. All of it is harmless.</summary>
internal sealed class LeftoverCheck(StoreLayout layout, TimeProvider clock, Findings findings)
{
    public void Run()
    {
        foreach (string file in Temporary()) Note(FindingKinds.LeftoverFile, file, "a temporary file. It may be deleted while nothing writes to the store.");
        foreach (string name in LockNames().Where(n => !FileLease.IsHeld(n, clock)))
        {
            // The empty file of a shared lock stays on purpose; only a description beside it means that its holder was killed.
            bool isShared = !LeaseName.IsWriter(Path.GetFileName(name));
            LeaseHolder? holder = LeaseHolder.TryRead(name + ".json");
            if (isShared && !File.Exists(name + ".json")) continue;
            Note(
                FindingKinds.StaleLock, name + (File.Exists(name + ".json") ? ".json" : ".lock"),
                $"a lock nobody holds any more{(holder is null ? "" : $", of {holder}")}. It hinders nobody.");
        }
    }

    private IEnumerable<string> Temporary() =>
        StoreLeftovers.Places(layout).SelectMany(p => Files(p.Folder, p.Pattern)).Order(StringComparer.Ordinal);

    private IEnumerable<string> LockNames() => Files(layout.Locks, "*.lock").Concat(Files(layout.Locks, "*.json"))
        .Select(f => Path.Combine(layout.Locks, Path.GetFileNameWithoutExtension(f))).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];

    private void Note(string kind, string file, string message) => findings.Add(new Finding(Finding.Note, kind, message) { File = file });
}
