namespace Assay.Questions;

/// <summary>The values of several runs in short.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of the sample (n − 1); null for a single value, where it is not defined.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
internal sealed record RunSpread(int Count, double Mean, double? StandardDeviation, RecordedNumber Min, RecordedNumber Max)
{
    /// <summary>Two passes: the plain textbook formula loses all digits when the mean is large against the spread.</summary>
    public static RunSpread Of(IReadOnlyCollection<RecordedNumber> values)
    {
        double mean = values.Average(v => v.Real);
        double? deviation = values.Count < 2 ? null : Math.Sqrt(values.Sum(v => (v.Real - mean) * (v.Real - mean)) / (values.Count - 1));
        return new RunSpread(values.Count, mean, deviation, values.Min(RecordedNumber.Order), values.Max(RecordedNumber.Order));
    }
}

/// <summary>Ranked runs that have the same values of some fields.</summary>
/// <param name="Key">The values they share, by name.</param>
/// <param name="Spread">Their values of the ranked field.</param>
/// <param name="Best">The best of them.</param>
internal sealed record RunGroupRank(IReadOnlyDictionary<string, object?> Key, RunSpread Spread, RankedRun Best)
{
    /// <summary>Groups by their mean, best first.</summary>
    public static IReadOnlyList<RunGroupRank> ByMean(Ranking ranking, IReadOnlyList<RunField> fields)
    {
        IEnumerable<RunGroupRank> groups = Of(ranking, fields);
        return ranking.Options.Minimize ? [.. groups.OrderBy(g => g.Spread.Mean)] : [.. groups.OrderByDescending(g => g.Spread.Mean)];
    }

    /// <summary>The groups, that with the best run first.</summary>
    public static IReadOnlyList<RunGroupRank> Of(Ranking ranking, IReadOnlyList<RunField> fields)
    {
        var groups = new OrderedDictionary<string, (OrderedDictionary<string, object?> Key, List<RankedRun> Runs)>(StringComparer.Ordinal);
        foreach (RankedRun ranked in ranking.Runs)
        {
            var run = new RunValues(ranked.Run);
            var key = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (RunField field in fields) key[field.Name] = field.Single(run);
            string text = JsonText.Of(key);
            if (!groups.TryGetValue(text, out (OrderedDictionary<string, object?>, List<RankedRun> Runs) group))
                groups.Add(text, group = (key, []));
            group.Runs.Add(ranked);
        }

        return [.. groups.Values.Select(g => new RunGroupRank(g.Key, RunSpread.Of([.. g.Runs.Select(r => r.Exact)]), g.Runs[0]))];
    }
}
