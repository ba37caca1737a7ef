namespace Assay.Cli;

/// <summary>What a run's id is made of.</summary>
internal sealed record RunMakeup(
    string RunId,
    string Status,
    DateTimeOffset StartedAt,
    string Experiment,
    string Version,
    IReadOnlyDictionary<string, object?> Params,
    string? ParamsFingerprint,
    RunSeed? Seed,
    ContextMakeup Context,
    CodeMakeup Code)
{
    public static RunMakeup Of(RunRecord run, SessionFacts? session) => new(
        run.Id, RunStatusText.Text(run.Status), run.StartedAt, run.Experiment, run.Version, run.Params, Print(run, "params"), RunSeed.Of(run.Seed),
        new ContextMakeup(Print(run, "context"), session?.Context),
        new CodeMakeup(Print(run, "code"), session?.CodeMode, session?.CodeMembers?.Count(m => !CodeChange.IsPackage(m.Key)), session?.CodeMembers?.Count(m => CodeChange.IsPackage(m.Key))));

    /// <summary>One of the run's fingerprints; null when it has none.</summary>
    public static string? Print(RunRecord run, string name) => run.Fingerprints.GetValueOrDefault(name) as string;
}

/// <summary>The shared inputs: their fingerprint, and their values: none when there was no context, null when the session's line cannot be read.</summary>
internal sealed record ContextMakeup(string? Fingerprint, IReadOnlyDictionary<string, object?>? Values);

/// <summary>The code: its fingerprint, how much was looked at, and how many members and packages that was; null where it is not known.</summary>
internal sealed record CodeMakeup(string? Fingerprint, string? Mode, int? Members, int? Packages);
