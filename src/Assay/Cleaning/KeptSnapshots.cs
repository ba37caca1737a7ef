namespace Assay;

/// <summary>Why a snapshot stays although the run it was made for has gone.</summary>
internal enum WhyKept
{
    Shared,
    Elsewhere,
    NotSaid,
    OfStaying,
    Named,
    Moved,
    Used,
    Writers,
    NotFound,
}

/// <summary>Which snapshots stay, and what is said of them: a sentence for each reason.</summary>
internal sealed class KeptSnapshots
{
    private const int MostNamed = 3;

    private readonly SortedDictionary<WhyKept, List<string>> _names = [];
    private readonly SortedSet<string> _stores = new(StringComparer.Ordinal);
    private readonly List<string> _used = [];

    public void Add(WhyKept why, MadeSnapshot made, string use)
    {
        // That equal files make one snapshot is no news.
        if (why == WhyKept.OfStaying && !made.IsBranch) return;
        if (why == WhyKept.Used) _used.Add($"the branch '{made.Ref}' stays, because {use}.");
        else if (_names.TryGetValue(why, out List<string>? names)) names.Add(made.Ref);
        else _names.Add(why, [made.Ref]);
        if (why == WhyKept.Elsewhere) _stores.Add(made.Store);
    }

    public IEnumerable<string> Sentences() => [.. _names.Select(n => Sentence(n.Key, n.Value)), .. _used];

    private string Sentence(WhyKept why, List<string> names)
    {
        bool one = names.Count == 1;
        string stay = one ? "stays" : "stay", them = one ? "it" : "them";
        if (why == WhyKept.Shared)
            return $"{(one ? "a shared snapshot" : $"{names.Count} shared snapshots")} of the code, of removed runs only, {stay}: runs of another store may need {them}. --snapshots frees {them}.";
        string which = $"{(one ? "a snapshot" : $"{names.Count} snapshots")} of removed runs ({string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? ", …" : "")})";
        return why switch
        {
            WhyKept.Elsewhere => $"{which} {stay}, because the store stood elsewhere when {(one ? "it was" : "they were")} made, in {string.Join(", ", _stores.Take(MostNamed).Select(s => $"'{s}'"))}{(_stores.Count > MostNamed ? ", …" : "")}: " +
                $"it is a copy or has been moved, and the runs of the original may need {them}. --snapshots frees {them}.",
            WhyKept.NotSaid => $"{which} {stay}, because nothing says where the store stood when {(one ? "it was" : "they were")} made, so it may be a copy, and the runs of the original may need {them}. --snapshots frees {them}.",
            WhyKept.OfStaying => $"{which} {stay}, because {(one ? "it is" : "they are")} of runs that stay, too.",
            WhyKept.Named => $"{which} {stay}, because runs that stay name the commit and have nothing of their own that keeps it.",
            WhyKept.Moved => $"{which} {stay}, because {(one ? "it points" : "they point")} elsewhere than when {(one ? "it was" : "they were")} made: somebody has worked on {them}.",
            WhyKept.Writers => $"{which} {stay}, because somebody writes to the store and may be about to name {them}; clean up again later.",
            _ => $"{which} could not be looked for, because the folder that the run was started in is in no repository any more. --snapshots forgets {them}.",
        };
    }
}
