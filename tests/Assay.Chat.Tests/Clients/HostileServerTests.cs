using System.Diagnostics;
using Xunit.Abstractions;

namespace Assay.Chat.Tests;

/// <summary>2,000 runs against a server that limits, fails, hangs, and answers half or nonsense, at seeded rates.</summary>
public class HostileServerTests(ITestOutputHelper output)
{
    private const int Runs = 2000;
    private const int MostAtOnce = 40;
    private static readonly Trouble[] Always = [Trouble.TooMany, Trouble.ServerError, Trouble.Malformed, Trouble.Hung, Trouble.None];

    [Fact]
    public async Task Every_run_finishes_once_and_none_is_scored_wrong_because_of_the_server()
    {
        await using ModelServer server = await ModelServer.StartAsync(Answer, (asked, number) => Draw(asked, number));
        var gauge = new Gauge();
        using IChatClient client = OpenAIModel.Bare("local", server.Url, "key").AsBuilder()
            .UseAssayRetry(new ChatRetryOptions
            {
                Retries = 40,
                Delay = TimeSpan.FromMilliseconds(10),
                MaxDelay = TimeSpan.FromMilliseconds(200),
                TryTimeout = TimeSpan.FromSeconds(1),
            })
            .UseAdaptiveConcurrency(new ConcurrencyOptions { Min = 4, Start = 20, Max = MostAtOnce })
            .Use(inner => new GaugedClient(inner, gauge))
            .Build();
        using var folder = new TempFolder();
        ChatResults<Numbers, int> results = await Experiments.Addition(client, Runs)
            .RunAsync(Experiments.In(folder) with { Parallel = 100 });
        output.WriteLine($"{string.Join(", ", server.Troubles.OrderBy(t => t.Key))}; at most {gauge.Most} at once");
        Assert.All(Enum.GetValues<Trouble>(), trouble => Assert.True(server.Troubles.GetValueOrDefault(trouble) > 20, $"{trouble}"));
        Assert.Equal((Runs, Runs, 0), (results.Runs.Count, results.Summary.Scored, results.Summary.NotRun));
        Assert.Equal(Runs, server.Requests.Count);
        Assert.All(results.Runs, run => Assert.Equal(IsWrong(run.Data.A) ? "incorrect" : "correct", run.Score!.Outcome));
        Assert.All(results.Runs, run => Assert.Equal(1, run.Record!.Attempts));
        Assert.InRange(gauge.Most, 2, MostAtOnce);
    }

    [Fact]
    public async Task Runs_that_the_server_fails_are_left_out_by_cause_and_made_again_later()
    {
        bool isBroken = true;
        await using ModelServer server = await ModelServer.StartAsync(Answer, (asked, _) => !isBroken ? Trouble.None
            : Always[First(asked) % 5]);
        var retry = new ChatRetryOptions
        {
            Retries = 1,
            Delay = TimeSpan.FromMilliseconds(1),
            TryTimeout = TimeSpan.FromSeconds(3),
        };
        using IChatClient client = OpenAIModel.Client("local", server.Url, "key", retry);
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 20);
        ChatResults<Numbers, int> broken = await experiment.RunAsync(Experiments.In(folder));
        Assert.Equal(
            [new("rate_limit", 4), new("provider", 8), new("timeout", 4)], broken.Summary.LeftOut);
        // Of the four that were answered, two are wrong.
        Assert.Equal(4, broken.Summary.Scored);
        Assert.Equal((0.5, 0.1, 0.9), (broken.Summary.Accuracy, broken.Summary.AccuracyIfWrong, broken.Summary.AccuracyIfRight));
        isBroken = false;
        ChatResults<Numbers, int> whole = await experiment.RunAsync(Experiments.In(folder));
        Assert.Equal((20, 16), (whole.Summary.Scored, whole.Runs.Count(run => run.Record!.Attempts == 2)));
    }

    [Fact]
    public async Task The_allowed_rate_is_used_and_not_exceeded()
    {
        const int PerMinute = 6000, Calls = 500;
        var clock = Stopwatch.StartNew();
        var times = new System.Collections.Concurrent.ConcurrentQueue<TimeSpan>();
        await using ModelServer server = await ModelServer.StartAsync(Answer);
        server.Before = _ =>
        {
            times.Enqueue(clock.Elapsed);
            return Task.CompletedTask;
        };
        using IChatClient client = OpenAIModel.Bare("local", server.Url, "key").AsBuilder().UseRateLimits(PerMinute).Build();
        using var folder = new TempFolder();
        clock.Restart();
        ChatResults<Numbers, int> results =
            await Experiments.Addition(client, Calls).RunAsync(Experiments.In(folder) with { Parallel = 64 });
        TimeSpan ideal = TimeSpan.FromMinutes((double)Calls / PerMinute), taken = times.Max() - times.Min();
        output.WriteLine($"{taken.TotalSeconds:0.00} s for {ideal.TotalSeconds:0.00} s");
        Assert.Equal(Calls, results.Summary.Scored);
        // The bucket is full at first: a second's calls come at once.
        Assert.InRange(taken.TotalSeconds, ideal.TotalSeconds * 0.75, ideal.TotalSeconds * 1.5);
    }

    // The model of the server is wrong about some, so that a wrong score would be seen.
    private static string Answer(string asked) => IsWrong(First(asked)) ? "-1" : LocalClient.Sum(asked);

    private static bool IsWrong(int a) => a % 10 == 4;

    private static int First(string asked) => int.Parse(asked.Split(' ')[1], null);

    private static Trouble Draw(string asked, int number)
    {
        var random = new SeedBundle(7, number).Random(asked);
        // Hung requests cost a second each.
        return random.NextDouble() switch
        {
            < 0.06 => Trouble.TooMany,
            < 0.12 => Trouble.ServerError,
            < 0.16 => Trouble.Dropped,
            < 0.20 => Trouble.Half,
            < 0.22 => Trouble.Hung,
            < 0.26 => Trouble.Malformed,
            < 0.31 => Trouble.Slow,
            _ => Trouble.None,
        };
    }

    private sealed class Gauge
    {
        private int _now;
        private int _most;

        public int Most => _most;

        public void Enter()
        {
            int now = Interlocked.Increment(ref _now);
            for (int most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
        }

        public void Leave() => Interlocked.Decrement(ref _now);
    }

    private sealed class GaugedClient(IChatClient innerClient, Gauge gauge) : DelegatingChatClient(innerClient)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            gauge.Enter();
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            finally
            {
                gauge.Leave();
            }
        }
    }
}
