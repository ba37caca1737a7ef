using System.Text.RegularExpressions;

namespace Assay.Tests.Progress;

[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
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
        RunOptions quiet = options with { Resume = ResumeMode.Missing, Progress = ProgressMode.None };
        (_, string third) = await ErrorOutput.While(() => experiment.RunAsync(quiet));
        Approved.Matches("lines", $"--- first four\n{Plain(first)}--- the rest\n{Plain(second)}--- nothing left\n{Plain(third)}");
    }

    [Fact]
    public async Task Cancelled_runs_are_not_counted_as_done_and_no_time_is_left()
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
        Func<Task> cancelled = () => Assert.ThrowsAsync<OperationCanceledException>(() => experiment.RunAsync(options, caller.Token));
        string errors = await ErrorOutput.While(cancelled);

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
    public void Durations_are_shown_in_their_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));

    // Removes the folder of the store, which differs between test runs, and the warning about captured variables.
    private string Plain(string text) =>
        Captures().Replace(text.Replace(_store.Path, "STORE", StringComparison.Ordinal), "").ReplaceLineEndings("\n");

    [GeneratedRegex("assay: the operation captures .*\n")]
    private static partial Regex Captures();

    /// <summary>A clock that only <see cref="Advance"/> moves.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _ticks = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
