namespace Assay;

/// <summary>What is known of one attempt in one journal, wherever it was kept.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Start">Where the run_start begins; -1 for none.</param>
/// <param name="StartLength">Its length.</param>
/// <param name="End">Where the run_end begins; -1 for none.</param>
/// <param name="EndLength">Its length.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Ending">What decides which attempt counts; without meaning where there is no end.</param>
/// <param name="Source">What it was read from, for whoever asks; -1 when several were put together.</param>
internal readonly record struct Fragment(int Journal, int Attempt, long Start, int StartLength, long End, int EndLength, RunStatus Status, RunEnding Ending, int Source)
{
    public bool HasStart => Start >= 0;

    public bool HasEnd => End >= 0;
}

/// <summary>A run of several attempts, or of one that stands in several places.</summary>
/// <param name="Shown">The attempt that counts, or the one under way.</param>
/// <param name="Attempts">How many attempts are known.</param>
/// <param name="Elsewhere">Where else lines of the attempt shown stand.</param>
/// <param name="Places">Every attempt in each journal that has lines of it.</param>
internal sealed record FoldedRun(Fragment Shown, int Attempts, IReadOnlyList<LineRange>? Elsewhere, IReadOnlyList<(int Journal, int Attempt)> Places);

/// <summary>Each run once, with the attempt that counts (see <see cref="RunEnding"/>), or the one under way.</summary>
internal static class RunFolding
{
    public static FoldedRun Fold(IEnumerable<Fragment> fragments, IndexedJournals journals)
    {
        Fragment[] attempts = [.. fragments.GroupBy(f => (f.Attempt, f.Journal)).OrderBy(g => g.Key.Attempt).ThenBy(g => journals.Rank(g.Key.Journal)).Select(Merge)];
        Fragment latest = attempts[^1];
        Fragment? counting = null;
        foreach (Fragment attempt in attempts)
        {
            if (attempt.HasEnd && (counting is not { } best || attempt.Ending.CompareTo(best.Ending) > 0)) counting = attempt;
        }

        bool isUnderWay = !latest.HasEnd && journals.IsAlive(latest.Journal);
        Fragment shown = isUnderWay ? latest : counting ?? latest;
        LineRange[] elsewhere = [.. attempts.Where(a => a.HasStart && a.Attempt == shown.Attempt && a.Journal != shown.Journal)
            .Select(a => new LineRange(a.Journal, a.Start, a.HasEnd ? a.End : null))];
        return new FoldedRun(shown, attempts.DistinctBy(a => a.Attempt).Count(), elsewhere.Length == 0 ? null : elsewhere, [.. attempts.Select(a => (a.Journal, a.Attempt))]);
    }

    // A line that somebody has doubled says nothing new: of starts the last counts, of ends the first.
    private static Fragment Merge(IEnumerable<Fragment> same)
    {
        Fragment[] all = [.. same];
        long start = all.Max(f => f.Start), end = all.Where(f => f.HasEnd).Select(f => f.End).DefaultIfEmpty(-1).Min();
        foreach (Fragment fragment in all)
        {
            if (fragment.Start == start && fragment.End == end) return fragment;
        }

        Fragment last = all.First(f => f.Start == start), first = all.First(f => f.End == end);
        return first with { Start = last.Start, StartLength = last.StartLength, Source = -1 };
    }
}
