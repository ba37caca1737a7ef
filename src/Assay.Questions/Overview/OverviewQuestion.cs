namespace Assay.Questions;

/// <summary>A store at a glance: the resource of the store in the MCP server.</summary>
internal sealed class OverviewQuestion : Question<StoreOverview>
{
    public override Answer Ask(QuestionCall call)
    {
        Results all = call.Store.LoadAll(earlier: true);
        return new Answer(StoreOverview.Of(call.Store, all, call.Cancellation)) { Runs = all, Remarks = [StoreOverview.Bounds] };
    }
}

/// <summary>A store at a glance: its experiments, its newest runs, and the values most runs have.</summary>
internal sealed record StoreOverview(
    string Store, int Runs, IReadOnlyDictionary<string, int> ByStatus, IReadOnlyList<ExperimentSummary> Experiments,
    IReadOnlyList<RunSummary> Newest, IReadOnlyList<PathLine> Paths) : Report
{
    private const int MostExperiments = 50, MostRuns = 10, SurveyedRuns = 100, MostPaths = 50;

    public static StoreOverview Of(Store store, Results all, CancellationToken cancellation)
    {
        var survey = new PathSurvey(examples: 3);
        RunRecord[] newest = [.. Enumerable.Range(0, Math.Min(SurveyedRuns, all.Count)).Select(i => all[all.Count - 1 - i])];
        foreach (RunRecord run in newest)
        {
            cancellation.ThrowIfCancellationRequested();
            survey.Add(new RunValues(run));
        }

        return new StoreOverview(
            store.Path, all.Count, all.CountByStatus().ToDictionary(s => RunStatusText.Text(s.Key), s => s.Value),
            [.. ExperimentList.Of(store, all).Experiments.Take(MostExperiments)],
            [.. newest.Take(MostRuns).Select(run => RunSummary.Of(run))], [.. survey.Paths.Take(MostPaths).Select(PathLine.Of)]);
    }

    /// <summary>What a reader has to know about its lists.</summary>
    public static string Bounds { get; } =
        $"At most {MostExperiments} experiments, {MostRuns} runs, and {MostPaths} paths of the newest {SurveyedRuns} runs; "
            + "list_experiments, list_runs and list_paths have all.";
}
