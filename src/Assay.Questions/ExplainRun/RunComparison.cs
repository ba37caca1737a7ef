namespace Assay.Questions;

/// <summary>
/// The differences between two runs, from the older to the newer, so that added and removed read in the order of time. No parts differ if
/// one is a lone run, whose id has none; <c>Code</c> is null when it does not differ; <c>Outside</c> is beside the id, for information.
/// </summary>
internal sealed record RunComparison(
    RunMakeup With, string Chosen, string OlderRunId, string NewerRunId, IReadOnlyList<string> Parts, IReadOnlyList<ValueChange> Changes,
    CodeChange? Code, IReadOnlyList<ValueChange> Outside)
{
    private static readonly string[] Order = ["experiment", "version", "params", "seed", "context", "code"];

    /// <summary>
    /// What may have made different code of one and the same source; null where the source is not known to be the same, or the code does
    /// not differ.
    /// </summary>
    internal string? Build { get; private init; }

    public static RunComparison Of(RunRecord run, RunRecord other, string chosen)
    {
        (RunRecord older, RunRecord newer) = run.StartedAt < other.StartedAt ? (run, other) : (other, run);
        RecordedSession? before = older.ReadSession(), after = older.Journal == newer.Journal ? before : newer.ReadSession();
        ValueChange[] changes = [.. Values(older, newer, before, after)];
        bool code = Differs("code", older, newer);
        IEnumerable<string> parts = RunMakeup.IsAlone(run) || RunMakeup.IsAlone(other) ? [] : Order.Where(part =>
            changes.Any(c => c.Part == part) || part is "params" or "context" or "code" && Differs(part, older, newer));
        return new RunComparison(
            RunMakeup.Of(other, other == older ? before : after), chosen, older.Id, newer.Id, [.. parts], changes,
            code ? CodeChange.Between(before, after) : null, [.. Outsiders(older, newer, before, after)])
        { Build = code && SameSource(older, newer) ? CodeChange.BuildHint(before, after) : null };
    }

    private static bool SameSource(RunRecord older, RunRecord newer) =>
        older.Git.GetValueOrDefault("commit") is string { Length: > 0 } commit
            && commit == newer.Git.GetValueOrDefault("commit") as string
            && RecordedCode.Of(older).Exact && RecordedCode.Of(newer).Exact;

    private static IEnumerable<ValueChange> Values(RunRecord older, RunRecord newer, RecordedSession? before, RecordedSession? after) =>
    [
        .. ValueChange.Single("experiment", "", older.Experiment, newer.Experiment),
        .. ValueChange.Single("version", "", older.Version, newer.Version),
        .. ValueChange.Between("params", older.Params, newer.Params),
        .. ValueChange.Single("seed", "base", older.Seed?.Base, newer.Seed?.Base),
        .. ValueChange.Single("seed", "replicate", older.Seed?.Replicate, newer.Seed?.Replicate),
        .. ValueChange.Single("seed", "point", older.Seed?.Point, newer.Seed?.Point),
        .. Differs("context", older, newer)
            ? ValueChange.Named("context", before?.Context ?? JsonObjects.Empty, after?.Context ?? JsonObjects.Empty) : [],
    ];

    private static IEnumerable<ValueChange> Outsiders(RunRecord older, RunRecord newer, RecordedSession? before, RecordedSession? after) =>
    [
        .. ValueChange.Single("outside", "git.commit", older.Git.GetValueOrDefault("commit"), newer.Git.GetValueOrDefault("commit")),
        .. ValueChange.Single("outside", "git.dirty", older.Git.GetValueOrDefault("dirty"), newer.Git.GetValueOrDefault("dirty")),
        .. ValueChange.Single("outside", "host", before?.Host, after?.Host),
        .. ValueChange.Single("outside", "runtime", before?.Runtime, after?.Runtime),
        .. (before?.Program?.Configuration, after?.Program?.Configuration) is ({ } old, { } now)
            ? ValueChange.Single("outside", "configuration", old, now) : [],
        .. ValueChange.Single("outside", "assay", before?.Assay, after?.Assay),
    ];

    private static bool Differs(string fingerprint, RunRecord a, RunRecord b) =>
        RunMakeup.Print(a, fingerprint) != RunMakeup.Print(b, fingerprint);
}

/// <summary>
/// A value that is not the same in two runs: what it belongs to (a part of the id, <c>packages</c> or <c>outside</c>), its name, dotted if
/// nested and empty for parts that are one value, and what became of it from the older run to the newer.
/// </summary>
internal sealed record ValueChange(string Part, string Name, string Change, object? Before, object? After)
{
    public const string Changed = "changed", Added = "added", Removed = "removed";

    /// <summary>Compares single values by their JSON, in which 1, 1.0 and "1" differ.</summary>
    public static IEnumerable<ValueChange> Single(string part, string name, object? before, object? after)
    {
        if (JsonText.Of(before) != JsonText.Of(after)) yield return new ValueChange(part, name, Changed, before, after);
    }

    /// <summary>Compares named values, nested ones by dotted name.</summary>
    public static IEnumerable<ValueChange> Between(
        string part, IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after) =>
        Named(part, Flat(before), Flat(after));

    /// <summary>Compares values by their names as they are, dots and all.</summary>
    public static IEnumerable<ValueChange> Named(
        string part, IReadOnlyDictionary<string, object?> old, IReadOnlyDictionary<string, object?> now) =>
    [
        .. old.SelectMany(value => now.TryGetValue(value.Key, out object? other)
            ? Single(part, value.Key, value.Value, other) : [new ValueChange(part, value.Key, Removed, value.Value, null)]),
        .. now.Where(value => !old.ContainsKey(value.Key)).Select(value => new ValueChange(part, value.Key, Added, null, value.Value)),
    ];

    private static Dictionary<string, object?> Flat(IReadOnlyDictionary<string, object?> values) =>
        JsonObjects.Flatten(values).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
}

/// <summary>
/// How the code of two runs differs, member by member, by name; <c>Known</c> where both sessions recorded their members, without which only
/// the fingerprints can be compared.
/// </summary>
internal sealed record CodeChange(
    bool Known, IReadOnlyList<string> Changed, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<ValueChange> Packages)
{
    private const string PackagePrefix = "package:";

    public static CodeChange Between(RecordedSession? before, RecordedSession? after)
    {
        if (before?.CodeMembers is not { } old || after?.CodeMembers is not { } now) return new CodeChange(false, [], [], [], []);
        ValueChange[] all = [.. ValueChange.Named("packages", Values(old), Values(now)).OrderBy(c => c.Name, StringComparer.Ordinal)];
        string[] Members(string change) => [.. all.Where(c => c.Change == change && !IsPackage(c.Name)).Select(c => c.Name)];
        return new CodeChange(true, Members(ValueChange.Changed), Members(ValueChange.Added), Members(ValueChange.Removed),
            [.. all.Where(c => IsPackage(c.Name)).Select(c => c with { Name = c.Name[PackagePrefix.Length..] })]);
    }

    /// <summary>A clause about the possible causes of different code of the same source.</summary>
    public static string BuildHint(RecordedSession? before, RecordedSession? after)
    {
        const int MostPackages = 5;
        var causes = new List<string>();
        if ((before?.Program?.Configuration, after?.Program?.Configuration) is ({ } one, { } other) && one != other)
            causes.Add($"the one was built as {one}, the other as {other}");
        IReadOnlyList<ValueChange> packages = Between(before, after).Packages;
        IEnumerable<string> shown = packages.Take(MostPackages).Select(p => $"{p.Name} {p.Before ?? "none"} -> {p.After ?? "none"}");
        if (packages.Count > 0)
            causes.Add($"packages differ: {string.Join(", ", shown)}{(packages.Count > MostPackages ? ", …" : "")}");
        return causes.Count > 0 ? string.Join("; ", causes)
            : "a Debug and a Release build differ, and another SDK may make other code of the same source";
    }

    public static bool IsPackage(string name) => name.StartsWith(PackagePrefix, StringComparison.Ordinal);

    private static Dictionary<string, object?> Values(IReadOnlyDictionary<string, string> members) =>
        members.ToDictionary(m => m.Key, m => (object?)m.Value, StringComparer.Ordinal);
}
