using System.Text.Json;

namespace Assay;

/// <summary>What a call of RunAsync would do. Making it reads the store and writes nothing.</summary>
internal sealed class DryRun
{
    private const int Shown = 10;
    private readonly Plan _plan;
    private readonly StorageBackend _storage;
    private readonly KnownRuns _known;

    private DryRun(Plan plan, StorageBackend storage, RunOptions options)
    {
        (_plan, _storage) = (plan, storage);
        // Runs of earlier code are told in any case.
        _known = new KnownRuns(storage, plan, acceptEarlierCode: true);
        Survey = PlanSurvey.Of(plan, _known, options, Shown);
    }

    public PlanSurvey Survey { get; }

    /// <exception cref="InvalidExperimentException">The experiment has faults.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static DryRun Of<T>(Experiment<T> experiment, RunOptions options)
    {
        // The check of a place for the table creates a file there, and the memory of file hashes is one.
        RunOptions reading = options with { Output = null, OutputFormat = null };
        Plan plan = PlanBuilder.Build(experiment, reading, new FileHasher(options.Clock));
        return new DryRun(plan, StoreLocation.Open(options.Store), options);
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"{_plan.Title}: {PlanText.Size(_plan.PointCount, _plan.Seeds.Replicates)}. Nothing is run or written.");
        output.WriteLine($"store: {Printable.Line(_storage.Address)}");
        output.WriteLine(Survey.Text());
        if (Survey.Duplicates > 0) output.WriteLine($"{Survey.Duplicates} the same as an earlier run of the plan");
        if (Survey.OfEarlierCode > 0)
            output.WriteLine($"{Survey.OfEarlierCode} of those to run {Plural.Form(Survey.OfEarlierCode, "was", "were")} finished by "
                + "earlier code: 'assay why RUN' shows what differs, --accept-earlier-code takes them as done");
        (long otherCode, long otherContext) = _known.SuccessesKeptApart();
        if (otherCode + otherContext > 0)
            output.WriteLine($"of other code the store has {Plural.Of(otherCode, "finished run")}, of another context {otherContext}");
        if (Survey.ToRun == 0) return;
        output.WriteLine();
        output.WriteLine(Survey.ToRun > Shown ? $"would run, the first {Shown} of {Survey.ToRun}:" : "would run:");
        var workspace = new RunWorkspace(_plan.Files);
        foreach ((PlannedRun run, PlanSurvey.Standing standing) in Survey.First)
        {
            string state = standing == PlanSurvey.Standing.New ? "" : $" ({standing.ToString().ToLowerInvariant()} before)";
            output.WriteLine($"  {run.Index}{state}: replicate {run.Seed.Replicate}, {PlanText.Params(_plan, run, workspace)}");
        }
    }
}

/// <summary>Texts about a plan.</summary>
internal static class PlanText
{
    private const int Longest = 100;

    public static string Size(long points, int replicates) =>
        $"{Plural.Of(points, "point")} × {Plural.Of(replicates, "replicate")} = {Plural.Of(points * replicates, "run")}";

    /// <summary>The parameters of a run on one line, cut after 100 characters.</summary>
    public static string Params(Plan plan, PlannedRun run, RunWorkspace workspace)
    {
        var json = new JsonBuffer();
        plan.WriteParams(run, workspace, json);
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        string text = string.Join(", ", document.RootElement.EnumerateObject().Select(p => $"{p.Name} {p.Value.GetRawText()}"));
        return Printable.Line(text.Length > Longest ? text[..(Longest - 1)] + "…" : text);
    }
}
