namespace Assay;

/// <summary>
/// The annotations of the attempts of one run, in the order of their times: each line is later than those its writer had read (see
/// <see cref="RunAnnotations.After"/>).
/// </summary>
internal sealed class AnnotatedRun
{
    private readonly AnnotationLine[] _lines;
    private readonly Dictionary<AttemptPlace, Removal> _gone = [];

    /// <param name="lines">All lines of the run, those of one moment in the order of their journals.</param>
    public AnnotatedRun(IReadOnlyList<AnnotationLine> lines)
    {
        AnnotationLine[] ordered = [.. lines.OrderBy(l => l.At)];
        LastAt = ordered[^1].At;
        Experiment = ordered[^1].Experiment;
        foreach (AnnotationLine line in ordered)
        {
            foreach (AttemptPlace place in line.Places) Take(line, place);
        }

        _lines = [.. ordered.Where(l => l.Kind is AnnotationKind.Note or AnnotationKind.Tags && !l.Places.Any(_gone.ContainsKey))];
    }

    public long LastAt { get; }

    public string Experiment { get; }

    public bool HasRemovals => _gone.Count > 0;

    public bool HasTags => Array.Exists(_lines, l => l.Kind == AnnotationKind.Tags);

    public IReadOnlyList<RunNote> Notes =>
        [.. _lines.Where(l => l.Kind == AnnotationKind.Note).Select(l => new RunNote(l.Text, new DateTimeOffset(l.At, TimeSpan.Zero)))];

    public Removal? RemovalOf(AttemptPlace place) => _gone.TryGetValue(place, out Removal removal) ? removal : null;

    /// <summary>When attempts in a journal were last removed, in ticks of UTC; null for never.</summary>
    public long? LastRemoval(string journal) => _gone.Where(g => g.Key.Journal == journal).Max(g => (long?)g.Value.At);

    /// <summary>The tags after all changes of those that the run recorded itself.</summary>
    public IReadOnlyList<string> Tags(IReadOnlyList<string> recorded)
    {
        List<string> tags = [.. recorded];
        foreach (AnnotationLine line in _lines)
        {
            tags.RemoveAll(line.Remove.Contains);
            tags.AddRange(line.Add.Except(tags, StringComparer.Ordinal));
        }

        return tags;
    }

    /// <summary>What can be restored; where nothing can, what was freed.</summary>
    public RemovedRun Removed(UInt128 id)
    {
        bool isFreed = _gone.Values.All(r => r.FreedAt is not null);
        KeyValuePair<AttemptPlace, Removal>[] places = [.. _gone.Where(g => isFreed || g.Value.FreedAt is null)];
        return new RemovedRun(Fingerprint.Hex(id), Experiment, new DateTimeOffset(places.Max(p => p.Value.At), TimeSpan.Zero))
        {
            FreedAt = isFreed ? new DateTimeOffset(places.Max(p => p.Value.FreedAt!.Value), TimeSpan.Zero) : null,
            Places = [.. places.Select(p => p.Key)],
        };
    }

    private void Take(AnnotationLine line, AttemptPlace place)
    {
        bool isGone = _gone.TryGetValue(place, out Removal removal);
        switch (line.Kind)
        {
            case AnnotationKind.Removed when !isGone: _gone.Add(place, new Removal(line.At, null)); break;
            case AnnotationKind.Restored when isGone && removal.FreedAt is null: _gone.Remove(place); break;
            // What is freed stays removed, even where a later line restores it: parts of it may be gone.
            case AnnotationKind.Freed: _gone[place] = new Removal(isGone ? removal.At : line.At, line.At); break;
        }
    }
}

/// <summary>When an attempt was removed, and when what it held was freed, in ticks of UTC; null while it can be restored.</summary>
internal readonly record struct Removal(long At, long? FreedAt);
