using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Benchmarks;

/// <summary>
/// Chat runs against an instant client, as a ratio to the engine that records the same lines without a model; and slow calls, 1,000 at
/// once, as a ratio to the ideal schedule. Prints one JSON object.
/// </summary>
internal static class ChatBenchmark
{
    private const int Runs = 10_000;
    private const int Rounds = 7;
    private const int SlowRuns = 3_000;
    private const int AtOnce = 1_000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static void Run(string[] args)
    {
        string root = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            var engine = new List<double>();
            var chat = new List<double>();
            var uncached = new List<double>();
            var replayed = new List<double>();
            for (int round = -2; round < Rounds; round++)
            {
                double e = Time(() => Engine(Path.Combine(root, $"engine{round}")));
                double c = Time(() => Chat(Path.Combine(root, $"chat{round}"), CacheMode.On));
                double u = Time(() => Chat(Path.Combine(root, $"uncached{round}"), CacheMode.Off));
                double r = Time(() => Chat(Path.Combine(root, $"chat{round}"), CacheMode.ReplayOnly));
                // The first rounds warm up.
                if (round < 0) continue;
                engine.Add(e);
                chat.Add(c);
                uncached.Add(u);
                replayed.Add(r);
            }

            double slow = Time(() => Slowly(Path.Combine(root, "slow")));
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["benchmark"] = "chat",
                ["runs"] = Runs,
                ["engine_us_per_run"] = PerRun(engine),
                ["chat_us_per_run"] = PerRun(chat),
                ["chat_to_engine"] = Ratio(chat, engine),
                ["chat_without_cache_to_engine"] = Ratio(uncached, engine),
                ["chat_replayed_to_engine"] = Ratio(replayed, engine),
                ["slow_calls_to_ideal"] = Math.Round(slow / (Slow.TotalSeconds * SlowRuns / AtOnce), 3),
            }, Indented));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // What a chat run of one call records, written by an ordinary operation.
    private static void Engine(string store)
    {
        byte[] context =
            """{"event":"context","at":0,"messages":[{"role":"user","contents":[{"$type":"text","text":"1 + 1?"}]}]}"""u8.ToArray();
        byte[] call = """{"event":"call","model":"instant","key":"0123456789abcdef0123456789abcdef","cached":false}"""u8.ToArray();
        Experiment.Create("engine", async (int number, RunContext run) =>
        {
            await Task.Yield();
            run.Record("chat", context);
            run.Record("chat", call);
            run.Record("chat", context);
            run.Metric("answer", number);
            run.Metric("score", 1.0);
            run.Metric("outcome", "correct");
            run.Metric("calls", 1);
            run.Metric("cached_calls", 0);
            run.Metric("input_tokens", 10);
            run.Metric("output_tokens", 5);
        }).Over(Space.Values(Enumerable.Range(0, Runs))).RunAsync(Options(store)).GetAwaiter().GetResult();
    }

    private static void Chat(string store, CacheMode cache)
    {
        using var client = new InstantClient(TimeSpan.Zero);
        Doubling("chat", client, Runs).Cache(cache).RunAsync(Options(store) with { Resume = ResumeMode.All }).GetAwaiter().GetResult();
    }

    private static void Slowly(string store)
    {
        using var client = new InstantClient(Slow);
        Doubling("slow", client, SlowRuns).RunAsync(Options(store) with { Parallel = AtOnce }).GetAwaiter().GetResult();
    }

    private static ChatExperiment<int, int> Doubling(string name, IChatClient client, int runs) =>
        ChatExperiment.Create<int, int>(name, client)
            .Setup(run => run.Add(ChatRole.User, $"What is {run.Data} + {run.Data}?"))
            .Step(async (run, token) =>
            {
                run.Answer = int.Parse(await run.AskAsync(token), null);
                return Next.Stop;
            })
            .Evaluate(run => Score.Of(run.Answer == 2))
            .Add("all", Enumerable.Range(0, runs));

    private static RunOptions Options(string store) => new()
    {
        Store = store,
        Parallel = 32,
        Progress = ProgressMode.None,
        Snapshot = SnapshotOptions.Off,
    };

    private static double PerRun(List<double> times) => Math.Round(Median(times) / Runs * 1e6, 1);

    private static double Ratio(List<double> times, List<double> floor) => Math.Round(Median(times) / Median(floor), 2);

    private static double Time(Action action)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Answers "2", at once or after a time.</summary>
    private sealed class InstantClient(TimeSpan time) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (time > TimeSpan.Zero) await Task.Delay(time, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "2"))
            {
                FinishReason = ChatFinishReason.Stop,
                Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 },
            };
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("bench", null, "instant") : null;

        public void Dispose()
        {
        }
    }
}
