namespace Assay;

/// <summary>One attempt in one journal, from a segment or from lines that were read again.</summary>
/// <param name="Lines">The places of its lines.</param>
/// <param name="Ending">What decides which attempt counts; without meaning where there is no end.</param>
/// <param name="Source">The caller's number for it; -1 when several were put together.</param>
internal readonly record struct Fragment(AttemptLines Lines, RunEnding Ending, int Source)
{
    public bool HasEnd => Lines.End >= 0;
}

/// <summary>A run of several attempts, or of one attempt that is in several places.</summary>
/// <param name="Shown">The attempt that counts, or the one under way.</param>
/// <param name="Attempts">The number of attempts.</param>
/// <param name="Elsewhere">Other places with lines of the attempt shown; null for none.</param>
/// <param name="Places">Every attempt in each journal that has lines of it.</param>
internal sealed record FoldedRun(
    Fragment Shown, int Attempts, IReadOnlyList<LineRange>? Elsewhere, IReadOnlyList<(int Journal, int Attempt)> Places);

/// <summary>Chooses the attempt of a run that is shown: the one that counts (see <see cref="RunEnding"/>), or the one under way.</summary>
internal static class RunFolding
{
    public static FoldedRun Fold(IEnumerable<Fragment> fragments, IndexedJournals journals)
    {
        Fragment[] attempts =
        [
            .. fragments.GroupBy(f => f.Lines.Key).OrderBy(g => g.Key.Attempt).ThenBy(g => journals.Rank(g.Key.Journal))
                .Select(g => Merge([.. g])),
        ];
        Fragment latest = attempts[^1];
        Fragment? counting = null;
        foreach (Fragment attempt in attempts)
        {
            if (attempt.HasEnd && (counting is not { } best || attempt.Ending.CompareTo(best.Ending) > 0)) counting = attempt;
        }

        bool isUnderWay = !latest.HasEnd && journals.IsAlive(latest.Lines.Key.Journal);
        Fragment shown = isUnderWay ? latest : counting ?? latest;
        AttemptKey key = shown.Lines.Key;
        LineRange[] elsewhere =
        [
            .. attempts.Where(a => a.Lines.Start >= 0 && a.Lines.Key.Attempt == key.Attempt && a.Lines.Key.Journal != key.Journal)
                .Select(a => new LineRange(a.Lines.Key.Journal, a.Lines.Start, a.HasEnd ? a.Lines.End : null)),
        ];
        return new FoldedRun(
            shown, attempts.DistinctBy(a => a.Lines.Key.Attempt).Count(), elsewhere.Length == 0 ? null : elsewhere,
            [.. attempts.Select(a => (a.Lines.Key.Journal, a.Lines.Key.Attempt))]);
    }

    // A line may be there twice: of starts the last counts, of ends the first.
    private static Fragment Merge(Fragment[] same)
    {
        long start = same.Max(f => f.Lines.Start), end = same.Where(f => f.HasEnd).Select(f => f.Lines.End).DefaultIfEmpty(-1).Min();
        foreach (Fragment fragment in same)
        {
            if (fragment.Lines.Start == start && fragment.Lines.End == end) return fragment;
        }

        Fragment last = same.First(f => f.Lines.Start == start), first = same.First(f => f.Lines.End == end);
        return first with { Lines = first.Lines with { Start = last.Lines.Start, StartLength = last.Lines.StartLength }, Source = -1 };
    }
}
