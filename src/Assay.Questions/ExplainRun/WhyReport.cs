namespace Assay.Questions;

/// <summary>What a run's id is made of, how often it was run, and what sets it apart from another.</summary>
internal sealed record WhyReport(
    string Store, RunMakeup Run, IReadOnlyList<AttemptInfo> Attempts, RunComparison? Compared, IReadOnlyList<string> Answer) : Report
{
    public static WhyReport Of(Store store, RunRecord run, (RunRecord Run, string Why)? other)
    {
        IReadOnlyList<AttemptInfo> attempts = run.ReadAttempts();
        RunComparison? compared = other is { } o ? RunComparison.Of(run, o.Run, o.Why) : null;
        var makeup = RunMakeup.Of(run, run.ReadSession());
        return new WhyReport(store.Path, makeup, attempts, compared, [.. WhyAnswer.Of(run, attempts, compared)]);
    }
}
