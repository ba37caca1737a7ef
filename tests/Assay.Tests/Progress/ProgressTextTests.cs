using System.Text.RegularExpressions;
using Spectre.Console;

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

    [Fact]
    public async Task A_session_that_goes_on_begins_with_what_is_done_and_what_is_not()
    {
        Experiment<int> experiment = Experiment.Create<int>("resumed", (n, run) =>
        {
            if (n == 2) throw new InvalidOperationException();
        }).Over(Space.Values(Enumerable.Range(0, 10))).IdentifyCodeBy(CodeIdentity.None);
        RunOptions options = _store.Options with { Progress = ProgressMode.Lines, Parallel = 1 };
        Assert.DoesNotContain("to do", await Errors(options with { Head = 5 }), StringComparison.Ordinal);
        // What a killed session leaves of its last run: the start without the end.
        string journal = JournalText.Only(_store.Path);
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..^1]);

        Assert.StartsWith(
            "resumed:1: 3 done before, 1 interrupted made again, 1 failed made again, 5 to do\n", await Errors(options),
            StringComparison.Ordinal);
        Assert.StartsWith("resumed:1: 9 done before, 1 failed made again\n", await Errors(options), StringComparison.Ordinal);
        Assert.StartsWith(
            "resumed:1: 9 done made again, 1 failed made again\n", await Errors(options with { Resume = ResumeMode.All }),
            StringComparison.Ordinal);
        string nothing = await Errors(options with { Resume = ResumeMode.Missing });
        Assert.Equal("resumed:1: 10/10 (100%), 9 done before, 1 left out", nothing.Trim());

        async Task<string> Errors(RunOptions changed) => Plain((await ErrorOutput.While(() => experiment.RunAsync(changed))).Errors);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void The_bar_keeps_a_third_of_the_line_and_the_rest_is_cut(int width)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Progress().AutoRefresh(false).Columns(new SpinnerColumn(), new BarColumn(), new TextColumn()).Start(context =>
        {
            context.AddTask("x");
            ProgressTask task = context.AddTask("y", maxValue: 10);
            task.Value = 5;
            task.Description = "iris:1 120/2000 (6%), 41.2/s, 45 s left, 4 running, 2 failed, 100 done before | loss 0.25, [名前] 1";
            context.Refresh();
        });

        string[] lines = [.. Escapes().Replace(text.ToString(), "").ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Contains("iris", StringComparison.Ordinal))];
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.True(line.Count(c => c == '━') >= width / 3.0, $"{width}: {line}");
            Assert.True(line.TrimEnd().GetCellWidth() < width, $"{width}: {line}");
            Assert.EndsWith(width < 150 ? "…" : "[名前] 1", line.TrimEnd(), StringComparison.Ordinal);
        });
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

    [Theory]
    [InlineData(-1, "0 ms")]
    [InlineData(-5000, "-5 ms")]
    [InlineData(1500, "1.5 ms")]
    public void A_duration_that_rounds_to_nothing_has_no_sign(int microseconds, string text) =>
        Assert.Equal(text, DurationText.Exact(TimeSpan.FromMicroseconds(microseconds)));

    // Removes the folder of the store, which differs between test runs, and the warning about captured variables.
    private string Plain(string text) =>
        Captures().Replace(text.Replace(_store.Path, "STORE", StringComparison.Ordinal), "").ReplaceLineEndings("\n");

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escapes();

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
