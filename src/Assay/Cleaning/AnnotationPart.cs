namespace Assay;

/// <summary>Journals of annotations that speak of nothing but removed runs whose own journals are gone.</summary>
internal sealed class AnnotationPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        HashSet<string> going = [.. scan.Journals.Where(j => j.CanGo).Select(j => Path.GetFileName(j.Path))];
        foreach (string file in scan.Layout.AllAnnotations())
        {
            var reader = new AnnotationReader();
            reader.Read(file);
            AnnotationLine[] lines = [.. reader.ByRun.Values.SelectMany(l => l)];
            if (lines.Length == 0 || lines.Length < reader.Lines || reader.Damage.Count > 0) continue;
            if (!Array.TrueForAll(lines, l => IsOver(scan, going, l))) continue;
            yield return new CleanupItem(CleanupKind.Annotations, file, new FileInfo(file).Length, "it speaks of removed runs whose journals are gone", () => Delete(scan, file, lines));
        }
    }

    // A journal that could not be deleted must not show its runs again.
    private static void Delete(CleanupScan scan, string file, AnnotationLine[] lines)
    {
        if (lines.SelectMany(l => l.Places).FirstOrDefault(p => File.Exists(Path.Combine(scan.Layout.Journals, p.Journal))) is { Journal: { } journal })
            throw new IOException($"The journal '{journal}' it speaks of is still there.");
        File.Delete(file);
    }

    private static bool IsOver(CleanupScan scan, HashSet<string> going, AnnotationLine line) => line.Places.Count > 0 && line.Places.All(p =>
        scan.Annotations.RemovalOf(line.RunId, p.Journal, p.Attempt) is not null && (going.Contains(p.Journal) || !File.Exists(Path.Combine(scan.Layout.Journals, p.Journal))));
}
