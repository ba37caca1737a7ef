using System.Globalization;

namespace Assay.Questions;

/// <summary>
/// Finds the run that a person means: an id or the start of one, <c>latest</c>, <c>latest~2</c>, <c>best:accuracy</c>,
/// <c>best:loss:min</c>, <c>@3</c> for the third of the last list.
/// </summary>
public static class RunAddress
{
    /// <summary>How a run is named on the command line, as the help says it.</summary>
    public const string Description =
        "The run: the first digits of its id, latest, latest~N for the Nth before it, best:METRIC, best:METRIC:min, "
            + "or @N for the Nth of the last list";

    /// <summary>How a run is named on the command line, in short.</summary>
    public const string Forms = AnywhereForms + ", or @N for the Nth of the last list";

    /// <summary>How a client of the server names a run.</summary>
    public const string ToolForms = "a run_id or its first digits, latest, latest~N for the Nth before it, best:METRIC, or best:METRIC:min";

    private const string AnywhereForms = "the first digits of an id, latest, latest~N, best:METRIC, best:METRIC:min";

    private const string Latest = "latest", Best = "best:";
    private const int LongestPosition = 4, FewestDigits = 3, MostCandidates = 10;

    /// <exception cref="AssayException">No run is meant, or several are; the message lists the candidates.</exception>
    internal static RunRecord Find(Results all, string address, LastList? last = null, bool earlier = true)
    {
        if (all.Count == 0)
        {
            string why = all.Removed.Count == 0 ? "the store has no runs yet" : "all runs of the store are removed";
            throw new AssayException(
                RemovedAddress.Explain(all.Removed, address) ?? $"there is no run '{address}': {why}. Run an experiment first.");
        }

        if (IsBest(address)) return FromBest(earlier ? all : all.Newest, address);
        if (address.StartsWith(Latest, StringComparison.OrdinalIgnoreCase)) return FromLatest(all, address);
        if (address.StartsWith('@')) return FromList(all, address, last);
        return FromPosition(all, address, last) ?? FromId(all, address, last is null ? AnywhereForms : Forms);
    }

    /// <summary>Whether an address means the best run by a metric.</summary>
    internal static bool IsBest(string address) => address.StartsWith(Best, StringComparison.OrdinalIgnoreCase);

    private static RunRecord FromId(Results all, string address, string forms) => Places(all, address) switch
    {
        [int only] => all[only],
        [] => throw new AssayException(Removed(all, address) ?? $"no run has an id that starts with '{address}'; expected {forms}. "
            + $"The latest runs are:{Newest(all)}"),
        int[] places => throw new AssayException($"'{address}' starts the ids of {places.Length} runs; give more digits to choose one of:"
            + Text(all, places.Reverse())),
    };

    private static string? Removed(Results all, string address) =>
        address.Length == 0 || address[0] == '-' ? null : RemovedAddress.Explain(all.Removed, Prefix(address));

    private static string Prefix(string address) => address.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int[] Places(Results all, string address)
    {
        // The hyphens of a UUID say nothing; a sign in front is no part of one.
        if (address.Length == 0 || address[0] == '-') return [];
        string prefix = Prefix(address);
        return [.. all.ReadIds().Index()
            .Where(e => Fingerprint.Hex(e.Item).StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Index)];
    }

    private static RunRecord FromLatest(Results all, string address)
    {
        string rest = address[Latest.Length..];
        if (rest.Length == 0) return all[^1];
        if (rest[0] != '~' || !TryNumber(rest[1..], out int back))
            throw new AssayException($"'{address}' names no run; expected latest, or latest~N with a number N from 0. "
                + $"The latest runs are:{Newest(all)}");
        return back < all.Count
            ? all[all.Count - 1 - back]
            : throw new AssayException($"'{address}' is before the first run: the store has {all.Count} runs, "
                + $"so N may be 0 to {all.Count - 1}. The latest runs are:{Newest(all)}");
    }

    private static RunRecord FromBest(Results all, string address)
    {
        string metric = address[Best.Length..];
        bool minimize = metric.EndsWith(":min", StringComparison.OrdinalIgnoreCase);
        if (minimize || metric.EndsWith(":max", StringComparison.OrdinalIgnoreCase)) metric = metric[..^4];
        if (metric.Length == 0)
            throw new AssayException($"'{address}' names no metric; expected best:METRIC for the largest value, "
                + "or best:METRIC:min for the smallest.");
        Ranking ranking = Ranking.Of(all, RunField.Parse(metric), new RankingOptions { Minimize = minimize });
        return ranking.Runs is [{ } best, ..] ? best.Run : throw ranking.Nothing();
    }

    private static RunRecord FromList(Results all, string address, LastList? last)
    {
        IReadOnlyList<string> ids = last?.Ids() ?? [];
        if (ids.Count == 0)
            throw new AssayException($"'{address}' means a run of the last list, and none is known for this store; "
                + $"list runs with 'assay ls' first. The latest runs are:{Newest(all)}");
        if (!TryNumber(address[1..], out int position) || position < 1 || position > ids.Count)
            throw new AssayException($"'{address}' is no run of the last list; expected @1 to @{ids.Count}.");
        return Places(all, ids[position - 1]) is [int only]
            ? all[only]
            : throw new AssayException($"'{address}' was run {ids[position - 1]}, which the store no longer has. "
                + $"{RemovedAddress.Explain(all.Removed, ids[position - 1]) ?? "List runs with 'assay ls' again."}");
    }

    // A short number is a place in the last list; one of more digits, which people give of an id, must not be the start of another one.
    private static RunRecord? FromPosition(Results all, string address, LastList? last)
    {
        if (address.Length > LongestPosition || address.StartsWith('0') || !TryNumber(address, out int position)) return null;
        if (last is null || position > last.Ids().Count) return null;
        RunRecord listed = FromList(all, "@" + address, last);
        if (address.Length >= FewestDigits && Places(all, address) is [int only] && all[only].Id != listed.Id)
            throw new AssayException($"'{address}' is a place in the last list and the start of one id; write @{address} for the place, "
                + $"or more digits of the id:{Text(all, Places(all, listed.Id).Append(only))}");
        return listed;
    }

    internal static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // Runs as a message lists them, when it is not clear which one is meant.
    private static string Newest(Results all) => Text(all, Enumerable.Range(0, all.Count).Select(i => all.Count - 1 - i));

    private static string Text(Results all, IEnumerable<int> places)
    {
        int[] some = [.. places.Take(MostCandidates + 1)];
        return string.Concat(some.Take(MostCandidates).Select(p => Line(all[p]))) + (some.Length > MostCandidates ? "\n  …" : "");
    }

    /// <summary>A run as a line of its own, which begins with the line end.</summary>
    internal static string Line(RunRecord run)
    {
        string state = $"{RunStatusText.Text(run.Status)}  {Words.Time(run.StartedAt)}";
        return $"\n  {run.Id}  {Words.Title(run.Experiment, run.Version)}  {state}  {Words.Values(run.Params)}".TrimEnd();
    }
}
