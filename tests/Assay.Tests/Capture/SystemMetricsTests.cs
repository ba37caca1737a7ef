using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Assay.Tests.Capture;

public sealed class SystemMetricsTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly TickedClock _clock = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_load_is_sampled_once_a_second_while_a_run_goes_on(bool async)
    {
        void Operation(int n, RunContext run)
        {
            for (int second = 0; second < n; second++)
            {
                Work(TimeSpan.FromMilliseconds(20));
                _clock.Tick();
            }
        }

        Experiment<int> experiment = async ? Experiment.Create<int>("load", (n, run) => Task.Run(() => Operation(n, run)))
            : Experiment.Create<int>("load", Operation);
        Results results = await experiment.Over(Space.Values(3, 1)).IdentifyCodeBy(CodeIdentity.None)
            .RunAsync(_store.Options with { SystemMetrics = true, Parallel = 1, Clock = _clock });

        Assert.Equal([3, 1], results.Select(run => run.Series("system.memory_bytes").Count));
        Assert.Equal([0, 1, 2], results[0].Series("system.cpu_percent").Select(point => point.Step));
        // 20 ms of work in each second of the clock, and what else this process does.
        Assert.All(results[0].Series("system.cpu_percent"), point => Assert.InRange(point.Value, 1, 6000.0 * Environment.ProcessorCount));
        Assert.All(results[0].Series("system.memory_bytes"), point => Assert.InRange(point.Value, 1 << 20, 1L << 50));
        Assert.Equal(0, _clock.Timers);
    }

    [Fact]
    public async Task A_short_run_has_one_sample_at_its_end()
    {
        Results results = await Experiment.Create<int>("short", (_, _) => Work(TimeSpan.FromMilliseconds(5)))
            .Over(Space.Values(1, 2, 3)).RunAsync(_store.Options with { SystemMetrics = true });

        Assert.All(results, run => Assert.Equal(0, Assert.Single(run.Series("system.memory_bytes")).Step));
        Assert.All(results, run => Assert.True(Assert.Single(run.Series("system.cpu_percent")).Value > 0));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_sampled()
    {
        Results results = await Experiment.Create<int>("off", (_, _) => _clock.Tick())
            .Over(Space.Values(1)).RunAsync(_store.Options with { Clock = _clock });
        Assert.Empty(results[0].SeriesNames);
        Assert.Equal(0, _clock.Created);
    }

    [Fact]
    public void A_lone_run_is_sampled_too()
    {
        using (Run.Start("lone", options: new() { Store = _store.Path, SystemMetrics = true, Clock = _clock }))
        {
            _clock.Tick();
            _clock.Tick();
        }

        Assert.Equal(2, Assert.Single(_store.Load()).Series("system.memory_bytes").Count);
        Assert.Equal(0, _clock.Timers);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_gpus_are_those_that_the_program_of_the_driver_names()
    {
        string program = _store.File("smi");
        // It goes on, as the real one does, until it is killed.
        File.WriteAllText(program, $"""
            #!/bin/sh
            echo $$ > '{_store.File("pid")}'
            echo "$@" > '{_store.File("arguments")}'
            echo 'a warning'
            echo '0, 35, 2048'
            echo '1, [N/A], 1'
            echo '10, 7.5, 16'
            exec sleep 1000
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Process started;
        using (var reader = GpuReader.TryStart(program)!)
        {
            Assert.True(SpinWait.SpinUntil(() => reader.Latest().Count() == 2, TestProgram.Patience));
            started = Process.GetProcessById(int.Parse(File.ReadAllText(_store.File("pid")), CultureInfo.InvariantCulture));
            Assert.Equal([("0", 35.0, 2048.0 * (1 << 20)), ("10", 7.5, 16.0 * (1 << 20))], reader.Latest());
        }

        using (started) Assert.True(started.WaitForExit(TestProgram.Patience));
        Assert.Equal(
            "--query-gpu=index,utilization.gpu,memory.used --format=csv,noheader,nounits --loop=1",
            File.ReadAllText(_store.File("arguments")).Trim());
        Assert.Null(GpuReader.TryStart(_store.File("none")));
    }

    private static void Work(TimeSpan time)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < time) Thread.SpinWait(1000);
    }

    /// <summary>A clock whose timers are called by <see cref="Tick"/>, which goes on by a second.</summary>
    private sealed class TickedClock : TimeProvider
    {
        private readonly List<Ticking> _timers = [];
        private long _ticks = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).Ticks;

        public int Created { get; private set; }
        public int Timers => _timers.Count;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Ticking(this, () => callback(state));
            if (period != TimeSpan.FromSeconds(1)) return timer;
            lock (_timers) _timers.Add(timer);
            Created++;
            return timer;
        }

        public void Tick()
        {
            Interlocked.Add(ref _ticks, TimeSpan.TicksPerSecond);
            lock (_timers) _timers.ForEach(timer => timer.Call());
        }

        private sealed record Ticking(TickedClock Clock, Action Call) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                lock (Clock._timers) Clock._timers.Remove(this);
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
