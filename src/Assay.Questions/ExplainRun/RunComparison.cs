namespace Assay.Questions;

/// <summary>The differences between two runs, from the older to the newer, so that added and removed read in the order of time.</summary>
/// <param name="With">The other run.</param>
/// <param name="Chosen">Why it is this one.</param>
/// <param name="OlderRunId">The run that started first.</param>
/// <param name="NewerRunId">The run that started last.</param>
/// <param name="Parts">
/// The parts of the id that differ: <c>experiment</c>, <c>version</c>, <c>params</c>, <c>seed</c>, <c>context</c>, <c>code</c>; none where
/// one is a lone run.
/// </param>
/// <param name="Changes">The values that differ in them; of a lone run too, although they are no parts of its id.</param>
/// <param name="Code">How the code differs; null when it does not.</param>
/// <param name="Outside">What differs beside the id and is only for information.</param>
internal sealed record RunComparison(
    RunMakeup With,
    string Chosen,
    string OlderRunId,
    string NewerRunId,
    IReadOnlyList<string> Parts,
    IReadOnlyList<ValueChange> Changes,
    CodeChange? Code,
    IReadOnlyList<ValueChange> Outside)
{
    /// <summary>
    /// What may have made different code of one and the same source; null where the source is not known to be the same, or the code does
    /// not differ.
    /// </summary>
    internal string? Build { get; private init; }

    public static RunComparison Of(RunRecord run, RunRecord other, string chosen)
    {
        (RunRecord older, RunRecord newer) = run.StartedAt < other.StartedAt ? (run, other) : (other, run);
        RecordedSession? before = older.ReadSession();
        RecordedSession? after = older.Journal == newer.Journal ? before : newer.ReadSession();
        ValueChange[] changes = [.. Values(older, newer, before, after)];
        bool code = Differs("code", older, newer);
        string[] parts = RunMakeup.IsAlone(run) || RunMakeup.IsAlone(other) ? [] :
        [
            .. changes.Select(c => c.Part).Concat(Differs("params", older, newer) ? ["params"] : []).Concat(
                Differs("context", older, newer) ? ["context"] : [])
                .Concat(code ? ["code"] : []).Distinct(StringComparer.Ordinal).OrderBy(p => Array.IndexOf(Order, p)),
        ];
        return new RunComparison(RunMakeup.Of(other, other == older ? before : after), chosen, older.Id, newer.Id, parts, changes,
            code ? CodeChange.Between(before, after) : null, [.. Outsiders(older, newer, before, after)])
        {
            Build = code && SameSource(older, newer) ? CodeChange.BuildHint(before, after) : null,
        };
    }

    private static bool SameSource(RunRecord older, RunRecord newer) =>
        older.Git.GetValueOrDefault("commit") is string { Length: > 0 } commit
            && commit == newer.Git.GetValueOrDefault("commit") as string &&
        RecordedCode.Of(older).Exact && RecordedCode.Of(newer).Exact;

    private static readonly string[] Order = ["experiment", "version", "params", "seed", "context", "code"];

    private static IEnumerable<ValueChange> Values(RunRecord older, RunRecord newer, RecordedSession? before, RecordedSession? after) =>
    [
        .. ValueChange.Single("experiment", "", older.Experiment, newer.Experiment),
        .. ValueChange.Single("version", "", older.Version, newer.Version),
        .. ValueChange.Between("params", older.Params, newer.Params),
        .. ValueChange.Single("seed", "base", older.Seed?.Base, newer.Seed?.Base),
        .. ValueChange.Single("seed", "replicate", older.Seed?.Replicate, newer.Seed?.Replicate),
        .. ValueChange.Single("seed", "point", older.Seed?.Point, newer.Seed?.Point),
        .. Differs("context", older, newer) ? ValueChange.Named(
            "context", before?.Context ?? JsonObjects.Empty, after?.Context ?? JsonObjects.Empty) : [],
    ];

    private static IEnumerable<ValueChange> Outsiders(RunRecord older, RunRecord newer, RecordedSession? before, RecordedSession? after) =>
    [
        .. ValueChange.Single("outside", "git.commit", older.Git.GetValueOrDefault("commit"), newer.Git.GetValueOrDefault("commit")),
        .. ValueChange.Single("outside", "git.dirty", older.Git.GetValueOrDefault("dirty"), newer.Git.GetValueOrDefault("dirty")),
        .. ValueChange.Single("outside", "host", before?.Host, after?.Host),
        .. ValueChange.Single("outside", "runtime", before?.Runtime, after?.Runtime),
        .. before?.Program?.Configuration is { } old
            && after?.Program?.Configuration is { } now ? ValueChange.Single("outside", "configuration", old, now) : [],
        .. ValueChange.Single("outside", "assay", before?.Assay, after?.Assay),
    ];

    private static bool Differs(string fingerprint, RunRecord a, RunRecord b) =>
        RunMakeup.Print(a, fingerprint) != RunMakeup.Print(b, fingerprint);
}
