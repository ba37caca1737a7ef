namespace Assay;

/// <summary>What one journal of annotations says.</summary>
/// <param name="File">Its path.</param>
/// <param name="Lines">What is understood of it.</param>
/// <param name="IsWhole">Whether that is all it says.</param>
internal sealed record SaidInOne(string File, AnnotationLine[] Lines, bool IsWhole)
{
    /// <summary>The attempts it speaks of.</summary>
    public IEnumerable<(UInt128 Id, AttemptPlace Place)> Places => Lines.SelectMany(l => l.Places.Select(p => (l.RunId, p)));

    /// <summary>Whether it says that runs were freed.</summary>
    public bool HasFreed => Array.Exists(Lines, l => l.Kind == AnnotationKind.Freed);

    public static IEnumerable<SaidInOne> All(StoreLayout layout)
    {
        foreach (string file in layout.AllAnnotations())
        {
            var reader = new AnnotationReader();
            reader.Read(file);
            AnnotationLine[] lines = [.. reader.ByRun.Values.SelectMany(l => l)];
            yield return new SaidInOne(file, lines, lines.Length > 0 && lines.Length == reader.Lines && reader.Damage.Count == 0);
        }
    }
}
