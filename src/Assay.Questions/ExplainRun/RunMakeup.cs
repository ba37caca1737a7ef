namespace Assay.Questions;

/// <summary>The parts of a run's id. That of a lone run (<c>Alone</c>), outside of any experiment, has none: it is random.</summary>
internal sealed record RunMakeup(
    string RunId, string Status, bool Alone, DateTimeOffset StartedAt, string Experiment, string Version,
    IReadOnlyDictionary<string, object?> Params, string? ParamsFingerprint, RunSeed? Seed, ContextMakeup Context, CodeMakeup Code)
{
    public static RunMakeup Of(RunRecord run, RecordedSession? session) => new(
        run.Id, RunStatusText.Text(run.Status), IsAlone(run), run.StartedAt, run.Experiment, run.Version, run.Params, Print(run, "params"),
        RunSeed.Of(run.Seed), new ContextMakeup(Print(run, "context"), session?.Context),
        new CodeMakeup(
            Print(run, "code"), session?.CodeMode, session?.CodeMembers?.Count(m => !CodeChange.IsPackage(m.Key)),
            session?.CodeMembers?.Count(m => CodeChange.IsPackage(m.Key))));

    /// <summary>
    /// Whether the run was started by itself, by a program that tracks what it does. A run whose start is lost may have been of an
    /// experiment.
    /// </summary>
    public static bool IsAlone(RunRecord run) => run.StartPlace is not null && run.Index < 0 && run.Fingerprints.Count == 0;

    /// <summary>One of the run's fingerprints; null when it has none.</summary>
    public static string? Print(RunRecord run, string name) => run.Fingerprints.GetValueOrDefault(name) as string;
}

/// <summary>
/// The shared inputs: their fingerprint, and their values: none when there was no context, null when the session's line cannot be read.
/// </summary>
internal sealed record ContextMakeup(string? Fingerprint, IReadOnlyDictionary<string, object?>? Values);

/// <summary>
/// The code: its fingerprint, how much was looked at, and how many members and packages that was; null where it is not known.
/// </summary>
internal sealed record CodeMakeup(string? Fingerprint, string? Mode, int? Members, int? Packages);
