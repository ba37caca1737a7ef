using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Assay;

/// <summary>Activities and meters under the name <c>Assay</c>, for OpenTelemetry and other listeners.</summary>
internal static class Telemetry
{
    private static readonly ActivitySource Source = new("Assay", AssayVersion.Text);
    private static readonly Meter Meter = new("Assay", AssayVersion.Text);
    private static readonly Counter<long> Runs =
        Meter.CreateCounter<long>("assay.runs", "{run}", "Runs that ended, by experiment and status.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("assay.run.duration", "s", "How long runs took.");

    public static Activity? Start(RunContext run)
    {
        Activity? activity = Source.StartActivity("assay.run");
        activity?.SetTag("assay.experiment", run.Experiment).SetTag("assay.run_id", run.Id).SetTag("assay.attempt", run.Attempt);
        return activity;
    }

    public static void Ended(IEndedRun run)
    {
        if (!Runs.Enabled && !Durations.Enabled) return;
        var tags = new TagList { { "assay.experiment", run.Experiment }, { "assay.status", RunStatusText.Text(run.Status) } };
        Runs.Add(1, tags);
        Durations.Record(run.Duration.TotalSeconds, tags);
    }
}
