using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Cli.Tests;

/// <summary>A run of a program that tracks itself, as the journal has it and as a test can compute with it.</summary>
internal sealed record TrackedFact(
    int Number, string Id, DateTimeOffset Started, double LearningRate, int BatchSize, string Status, double[] Accuracy, double[] Loss,
    string Commit, string Branch)
{
    public double LastAccuracy => Accuracy[^1];

    public double LastLoss => Loss[^1];
}

/// <summary>
/// A store of lone runs that train a network: every number comes from a seed, a journal for each run, as programs write it.
/// </summary>
internal static class TrackedStore
{
    private const int Steps = 5;
    private static readonly double[] Rates = [0.003, 0.01, 0.03, 0.1];
    private static readonly int[] Batches = [16, 32, 64];

    /// <summary>The newest run starts an hour before this.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="runs">How many.</param>
    /// <param name="apart">How long after each other.</param>
    /// <param name="seed">Of all numbers.</param>
    /// <param name="repository">Whether their commits are real, in a repository around the store.</param>
    public static (StoreFixture Store, IReadOnlyList<TrackedFact> Facts) Make(
        int runs, TimeSpan apart, int seed = 5, bool repository = false)
    {
        var store = new StoreFixture();
        var random = new SeededRandom((ulong)seed);
        TrackedFact[] facts = [.. Enumerable.Range(0, runs).Select(i => Fact(i, Now.AddHours(-1) - apart * (runs - 1 - i), random))];
        if (repository) facts = TrackedRepository.Make(store.Root, facts, "store", "cache");
        string head = "";
        foreach (TrackedFact fact in facts)
        {
            if (fact.Branch == "main") head = fact.Commit;
            File.WriteAllText(store.File("runs", fact.Id + ".jsonl"), Journal(fact, head));
        }

        return (store, facts);
    }

    private static TrackedFact Fact(int number, DateTimeOffset started, SeededRandom random)
    {
        double rate = Rates[random.Next(Rates.Length)];
        int batch = Batches[random.Next(Batches.Length)];
        double top = 0.95 - 0.08 * Math.Abs(Math.Log10(rate / 0.03)) - 0.0005 * batch + 0.02 * random.NextDouble();
        double[] accuracy = [
            .. Enumerable.Range(1, Steps).Select(k => Math.Round(top * (1 - Math.Pow(0.5, k)) + 0.01 * random.NextDouble(), 4))];
        double[] loss = [.. accuracy.Select(a => Math.Round(2 * (1 - a), 4))];
        string status = number % 9 == 7 ? "failed" : number % 11 == 9 ? "interrupted" : "success";
        string id = StoreFixture.Hash($"tracked {number.ToString(CultureInfo.InvariantCulture)}")[..32];
        bool dirty = number % 3 != 0;
        return new TrackedFact(
            number, id, started, rate, batch, status, accuracy, loss, StoreFixture.Hash($"commit {(dirty ? number : number / 4)}")[..40],
            dirty ? "run/" + id : "main");
    }

    private static string Journal(TrackedFact fact, string head)
    {
        var text = new StringBuilder();
        void Line(string kind, object? value, int ms, string? note = null) =>
            text.Append(JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["schema_version"] = 1,
                ["assay_version"] = "0.1.0",
                ["run_id"] = fact.Id,
                ["experiment_name"] = "training my network",
                ["kind"] = kind,
                ["value"] = value,
                ["created_at"] = fact.Started.AddMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture),
                ["elapsed_ms"] = ms,
                [note is null ? "x" : "note"] = note,
            })).Append('\n');
        Line("run_start", new
        {
            attempt = 1,
            metadata = new { hparams = new { learning_rate = fact.LearningRate, batch_size = fact.BatchSize } },
            git = fact.Branch == "main"
                ? (object)new { commit = fact.Commit, branch = fact.Branch, dirty = false, head, head_branch = "main" }
                : new
                {
                    commit = fact.Commit,
                    branch = fact.Branch,
                    dirty = true,
                    head,
                    head_branch = "main",
                    snapshot = new { commit = fact.Commit, @ref = $"refs/heads/{fact.Branch}" }
                },
        }, 0);
        for (int step = 0; step < Steps; step++)
            Line(
                "track", new { step, metrics = new { loss = fact.Loss[step], acc = fact.Accuracy[step] } }, 100 * (step + 1),
                "training metrics after each step");
        object? error = fact.Status == "failed"
            ? new { kind = "exception", type = "System.InvalidOperationException", message = "out of memory", stack = "" } : null;
        if (fact.Status != "interrupted") Line(
            "run_end", new { status = fact.Status, attempt = 1, duration_ms = 620.5, metrics = new { }, error }, 621);
        return text.ToString();
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
