namespace Assay;

/// <summary>What one journal of annotations says.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Lines">The lines that are understood.</param>
/// <param name="IsWhole">Whether these are all its lines.</param>
internal sealed record AnnotationFile(JournalRef Journal, AnnotationLine[] Lines, bool IsWhole)
{
    /// <summary>The attempts it speaks of.</summary>
    public IEnumerable<(UInt128 Id, AttemptPlace Place)> Places => Lines.SelectMany(l => l.Places.Select(p => (l.RunId, p)));

    /// <summary>Whether it says that runs or journals were freed.</summary>
    public bool HasFreed => Array.Exists(Lines, l => l.Kind is AnnotationKind.Freed or AnnotationKind.Gone);

    /// <summary>The journals it says were freed.</summary>
    public IEnumerable<string> Gone => Lines.Where(l => l.Kind == AnnotationKind.Gone).Select(l => l.Journal);

    /// <summary>The journals of the attempts it speaks of.</summary>
    public IEnumerable<string> Journals => Places.Select(p => p.Place.Journal);

    public static IEnumerable<AnnotationFile> All(StorageBackend storage)
    {
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Annotations))
        {
            var reader = new AnnotationReader();
            reader.Read(journal);
            AnnotationLine[] lines = [.. reader.ByRun.Values.SelectMany(l => l)];
            yield return new AnnotationFile(journal, lines, lines.Length > 0 && lines.Length == reader.Lines && reader.Damage.Count == 0);
        }
    }
}
