using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Assay.Tests.Execution;

[Trait("Category", "Quick")]
public sealed class TelemetryTests
{
    [Fact]
    public async Task Listeners_see_every_run_as_an_activity_and_as_measurements()
    {
        using var folder = new TempFolder();
        var activities = new List<Activity>();
        var counted = new List<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Assay",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (activities) activities.Add(activity); },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, published) =>
        {
            if (instrument.Name == "assay.runs") published.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (counted)
            {
                KeyValuePair<string, object?>[] all = tags.ToArray();
                if (!all.Any(t => t is { Key: "assay.experiment", Value: "telemetry" })) return;
                counted.Add(all.First(t => t.Key == "assay.status").Value as string);
            }
        });
        meters.Start();

        Results results = await Experiment
            .Create("telemetry", (int n, RunContext run) => { if (n == 2) throw new InvalidOperationException("two"); })
            .Over(Space.Values(1, 2, 3))
            .RunAsync(new() { Store = folder.File("store"), Progress = ProgressMode.None });

        Assert.Equal(results.Select(r => r.Id).Order(), activities.Where(a => a.GetTagItem("assay.experiment") is "telemetry")
            .Select(a => (string)a.GetTagItem("assay.run_id")!).Order());
        Assert.Equal(["failed", "success", "success"], counted.Order());
    }
}
