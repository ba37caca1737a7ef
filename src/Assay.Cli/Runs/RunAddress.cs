using System.Globalization;

namespace Assay.Cli;

/// <summary>Finds the run that a person means: an id or the start of one, <c>latest</c>, <c>latest~2</c>.</summary>
internal static class RunAddress
{
    public const string Description = "The run: an id or its first digits, latest, or latest~N for the Nth before it";

    private const string Latest = "latest";
    private const int MostCandidates = 10;

    /// <exception cref="AssayException">No run is meant, or several are; the message lists the candidates.</exception>
    public static RunRecord Find(Results all, string address)
    {
        if (all.Count == 0) throw new AssayException($"there is no run '{address}': the store has no runs yet. Run an experiment first.");
        if (address.StartsWith(Latest, StringComparison.OrdinalIgnoreCase)) return FromLatest(all, address);
        string prefix = address.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        int[] places = [.. all.Ids.Select((id, place) => (Id: Fingerprint.Hex(id), place)).Where(e => e.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.place)];
        return places switch
        {
            [int only] when prefix.Length > 0 => all[only],
            [] => throw new AssayException(
                $"no run has an id that starts with '{address}'; expected the first digits of an id, latest or latest~N. The latest runs are:{Listed(all, Newest(all))}"),
            _ => throw new AssayException(
                $"'{address}' starts the ids of {places.Length} runs; give more digits to choose one of:{Listed(all, places.Reverse())}"),
        };
    }

    private static RunRecord FromLatest(Results all, string address)
    {
        string rest = address[Latest.Length..];
        if (rest.Length == 0) return all[^1];
        if (rest[0] != '~' || !int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int back))
            throw new AssayException($"'{address}' names no run; expected latest, or latest~N with a number N from 0. The latest runs are:{Listed(all, Newest(all))}");
        return back < all.Count
            ? all[all.Count - 1 - back]
            : throw new AssayException($"'{address}' is before the first run: the store has {all.Count} runs, so N may be 0 to {all.Count - 1}. The latest runs are:{Listed(all, Newest(all))}");
    }

    private static IEnumerable<int> Newest(Results all) => Enumerable.Range(0, all.Count).Select(i => all.Count - 1 - i);

    private static string Listed(Results all, IEnumerable<int> places)
    {
        int[] some = [.. places.Take(MostCandidates + 1)];
        IEnumerable<string> lines = some.Take(MostCandidates).Select(p => all[p]).Select(run =>
            $"\n  {run.Id}  {Words.Title(run.Experiment, run.Version)}  {RunStatusText.Text(run.Status)}  {Words.Time(run.StartedAt)}  {Words.Values(run.Params)}".TrimEnd());
        return string.Concat(lines) + (some.Length > MostCandidates ? "\n  …" : "");
    }
}
