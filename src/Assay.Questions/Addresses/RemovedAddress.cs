namespace Assay.Questions;

/// <summary>Finds the removed run that a person means: the first digits of its id, or <c>@N</c> for the Nth of the last list.</summary>
internal static class RemovedAddress
{
    private const int Most = 10;

    /// <exception cref="AssayException">No removed run is meant, or several are; the message lists the candidates.</exception>
    public static RemovedRun Find(IReadOnlyList<RemovedRun> removed, string address, LastList last)
    {
        if (removed.Count == 0) throw new AssayException($"'{address}' names no removed run: none is removed.");
        string prefix = address.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        bool isPlace = RunAddress.TryNumber(address.TrimStart('@'), out int place) && address.StartsWith('@');
        if (isPlace && last.Ids().ElementAtOrDefault(place - 1) is { } id) prefix = id;
        RemovedRun[] found = [.. removed.Where(r => r.Id.StartsWith(prefix, StringComparison.Ordinal))];
        return found switch
        {
            [var only] when prefix.Length > 0 => only,
            [] => throw new AssayException($"no removed run has an id that starts with '{address}'; "
                + $"expected the first digits of one of:{Candidates(removed)}"),
            _ => throw new AssayException($"'{address}' starts the ids of {found.Length} removed runs; "
                + $"give more digits to choose one of:{Candidates(found)}"),
        };
    }

    /// <summary>Why an address that means no run of a list may still mean something; null when it does not.</summary>
    public static string? Explain(IReadOnlyList<RemovedRun> removed, string prefix) => prefix.Length == 0 ? null
        : removed.Where(r => r.Id.StartsWith(prefix, StringComparison.Ordinal)).Take(2).ToArray() is [var run, .. var more]
            ? run.Explanation + (more.Length > 0 ? " So were others whose ids start like this." : "")
            : null;

    private static string Candidates(IReadOnlyList<RemovedRun> removed) => string.Concat(removed.Take(Most).Select(run =>
        $"\n  {run.Id}  {Printable.Line(run.Experiment)}  removed {Words.Time(run.RemovedAt)}{(run.FreedAt is null ? "" : ", freed")}"))
        + (removed.Count > Most ? "\n  …" : "");
}
