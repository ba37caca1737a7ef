namespace Assay;

/// <summary>
/// Files of the index that its state does not name; all of them when most of what they hold is of journals that are gone. The next reader
/// makes what it needs anew.
/// </summary>
internal sealed class IndexPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        string folder = RunIndex.FolderOf(scan.Storage);
        if (!Directory.Exists(folder)) return [];
        IndexState state = IndexState.Read(folder);
        HashSet<string> staying = [.. scan.Journals.Where(j => !j.CanGo).Select(j => j.Name)];
        bool isMostlyGone = state.Journals.Sum(j => j.IsDead || !staying.Contains(j.Name) ? j.Covered : -j.Covered) > 0;
        IEnumerable<string> files = isMostlyGone ? IndexFolder.All(folder) : IndexFolder.Unnamed(folder, state, scan.Clock);
        string why = isMostlyGone ? "most of what the index holds is of journals that are gone" : "the index does not name it";
        return [.. files.Select(f => CleanupItem.File(CleanupKind.Index, f, why))];
    }
}
