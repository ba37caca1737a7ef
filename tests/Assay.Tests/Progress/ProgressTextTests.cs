using System.Text.RegularExpressions;

namespace Assay.Tests.Progress;

[Collection(ErrorOutput.Name)]
public sealed partial class ProgressTextTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Redirected_output_gets_plain_lines()
    {
        var clock = new SteppedClock();
        Experiment<int> experiment = Experiment.Create<int>("lines", (n, run) =>
        {
            run.Metric("loss", 1.0 / (n + 3));
            run.Metric("ok", n % 2 == 0);
            run.Metric("third", 3);
            clock.Advance(TimeSpan.FromSeconds(n == 0 ? 90 : 1));
            if (n == 7) throw new InvalidOperationException("no seven.\nsecond line");
        }).Over(Space.From([.. Enumerable.Range(0, 10), 3])).IdentifyCodeBy(CodeIdentity.None);
        RunOptions options = _store.Options with { Progress = ProgressMode.Lines, Parallel = 1, Clock = clock };

        (_, string first) = await ErrorOutput.While(() => experiment.RunAsync(options with { Head = 4 }));
        (_, string second) = await ErrorOutput.While(() => experiment.RunAsync(options with { ProgressMetrics = ["third", "none"] }));
        (_, string third) = await ErrorOutput.While(() => experiment.RunAsync(options with { Resume = ResumeMode.Missing, Progress = ProgressMode.None }));
        Approved.Matches("lines", $"--- first four\n{Plain(first)}--- the rest\n{Plain(second)}--- nothing left\n{Plain(third)}");
    }

    [Fact]
    public async Task Cancelled_runs_are_not_done_and_nothing_is_left_to_wait_for()
    {
        var clock = new SteppedClock();
        using var caller = new CancellationTokenSource();
        Experiment<int> experiment = Experiment.Create<int>("stopped", (n, run) =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            if (n < 3) return;
            caller.Cancel();
            run.ThrowIfCancelled();
        }).Over(Space.From(Enumerable.Range(0, 10))).IdentifyCodeBy(CodeIdentity.None);
        RunOptions options = _store.Options with { Progress = ProgressMode.Lines, Parallel = 1, Clock = clock };
        string errors = await ErrorOutput.While((Func<Task>)(() => Assert.ThrowsAsync<OperationCanceledException>(() => experiment.RunAsync(options, caller.Token))));

        Assert.Equal("stopped:1: 3/10 (30%), 45/min, 1 cancelled", Plain(errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
    }

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(59.9, "60 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(3599, "59 min 59 s")]
    [InlineData(3700, "1 h 1 min")]
    [InlineData(90_000, "1 d 1 h")]
    [InlineData(40_000_000, "more than a year")]
    public void Times_are_as_exact_as_people_need_them(double seconds, string text) => Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));

    // The store's folder differs from run to run; what the operation captures is told elsewhere.
    private string Plain(string text) => Captures().Replace(text.Replace(_store.Path, "STORE", StringComparison.Ordinal), "").ReplaceLineEndings("\n");

    [GeneratedRegex("assay: the operation captures .*\n")]
    private static partial Regex Captures();

    /// <summary>Stands still until it is told.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _ticks = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
