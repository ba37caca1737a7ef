namespace Assay;

/// <summary>A journal of annotations, the lines of it that are understood, and whether these are all.</summary>
internal sealed record AnnotationFile(JournalRef Journal, AnnotationLine[] Lines, bool IsWhole)
{
    /// <summary>The attempts in its lines.</summary>
    public IEnumerable<(UInt128 Id, AttemptPlace Place)> Places => Lines.SelectMany(l => l.Places.Select(p => (l.RunId, p)));

    /// <summary>Whether it marks runs or journals as freed.</summary>
    public bool HasFreed => Array.Exists(Lines, l => l.Kind is AnnotationKind.Freed or AnnotationKind.Gone);

    /// <summary>The journals it marks as freed.</summary>
    public IEnumerable<string> Gone => Lines.Where(l => l.Kind == AnnotationKind.Gone).Select(l => l.Journal);

    /// <summary>The journals of the attempts in its lines.</summary>
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
