namespace Assay.Questions;

/// <summary>The experiments of a store, the one that ran last first.</summary>
internal sealed record ExperimentList(string Store, IReadOnlyList<ExperimentSummary> Experiments) : Report
{
    public static ExperimentList Of(Store store, Results all) =>
        new(store.Path, [.. ExperimentInfo.Summarise(all).Select(ExperimentSummary.Of)]);
}

/// <summary>An experiment in one version: how many runs it has, how they stand, and when the last of them started.</summary>
internal sealed record ExperimentSummary(
    string Name, string Version, int Runs, IReadOnlyDictionary<string, int> ByStatus, DateTimeOffset LastStartedAt)
{
    public static ExperimentSummary Of(ExperimentInfo info) => new(
        info.Name, info.Version, info.Runs, info.CountByStatus.ToDictionary(
            s => RunStatusText.Text(s.Key), s => s.Value), info.LastStartedAt);
}
