using Microsoft.Extensions.AI.Evaluation;

namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class JudgeTests
{
    [Fact]
    public async Task A_judge_that_prefers_a_place_gains_nothing()
    {
        // It always says A, so its judgement is the order that the seed drew.
        var client = new LocalClient(_ => "A");
        double[] scores = await ScoresAsync(client, 40, (run, token) => new ModelJudge().JudgeAsync(run, "2 + 2?", "4", "four", token));
        Assert.InRange(scores.Average(), 0.25, 0.75);
    }

    [Fact]
    public async Task A_judge_is_understood_in_either_order()
    {
        var client = new LocalClient(messages =>
            messages[^1].Text.Contains("A: the answer is correct", StringComparison.Ordinal) ? "A" : "B");
        double[] scores = await ScoresAsync(client, 10, (run, token) => new ModelJudge().JudgeAsync(run, "2 + 2?", "4", "four", token));
        Assert.All(scores, score => Assert.Equal(1, score));
    }

    [Fact]
    public async Task Data_of_one_replicate_are_judged_in_both_orders_and_again_in_the_same()
    {
        // It always says A, so the scores are the orders.
        var client = new LocalClient(_ => "A");
        Task<double[]> Orders() => ScoresAsync(
            client, 1, (run, token) => new ModelJudge().JudgeAsync(run, "2 + 2?", "4", "four", token), [.. Enumerable.Range(1, 40)]);
        double[] orders = await Orders();
        Assert.InRange(orders.Average(), 0.25, 0.75);
        Assert.Equal(orders, await Orders());
    }

    [Fact]
    public async Task An_evaluator_of_the_library_is_a_scorer()
    {
        var client = new LocalClient(_ => "an answer of five words");
        double[] scores = await ScoresAsync(client, 1, async (run, token) =>
        {
            run.Add(ChatRole.User, "say something");
            await run.AskAsync(token);
            return await new WordCount().JudgeAsync(run, scale: (0, 10), cancellationToken: token);
        });
        Assert.Equal([0.5], scores);
    }

    [Fact]
    public async Task The_calls_of_a_judges_own_client_are_counted_and_kept()
    {
        using var folder = new TempFolder();
        LocalClient client = new(_ => "an answer"), judge = new(_ => "A", "judge");
        var prices = new PriceTable(new Dictionary<string, ModelPrice> { ["judge"] = new(Input: 100_000, Output: 200_000) });
        ChatExperiment<int, int> experiment = ChatExperiment.Create<int, int>("judged", client).Prices(prices)
            .Step((run, _) =>
            {
                run.Add(ChatRole.User, "say something");
                run.Add(ChatRole.Assistant, "an answer");
                return Task.FromResult(Next.Stop);
            })
            .Evaluate(async (run, token) =>
            {
                await new Asking().JudgeAsync(run, client: judge, cancellationToken: token);
                return await new ModelJudge(client: judge).JudgeAsync(run, "2 + 2?", "4", "four", token);
            })
            .Add("all", [1]);
        ChatRun<int, int> first = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((2, 0, 4m), (first.Calls, first.CachedCalls, first.Cost));
        ChatRun<int, int> second = (await experiment.RunAsync(Experiments.In(folder) with { Resume = ResumeMode.All })).Runs[0];
        Assert.Equal((2, 2, 2), (second.Calls, second.CachedCalls, judge.Calls));
    }

    private static async Task<double[]> ScoresAsync(
        IChatClient client, int count, Func<ChatRun, CancellationToken, Task<Score>> judge, params int[] data)
    {
        using var folder = new TempFolder();
        ChatResults<int, int> results = await ChatExperiment.Create<int, int>("judged", client)
            .Step((_, _) => Task.FromResult(Next.Stop))
            .Evaluate((run, token) => judge(run, token))
            .Add("all", data is [] ? [1] : data).Repeat(count).RunAsync(Experiments.In(folder));
        return [.. results.Runs.Select(run => run.Score!.Value!.Value)];
    }

    private sealed class WordCount : IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => ["words"];

        public ValueTask<EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null,
            IEnumerable<EvaluationContext>? additionalContext = null, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new EvaluationResult(new NumericMetric("words", modelResponse.Text.Split(' ').Length)));
    }

    private sealed class Asking : IEvaluator
    {
        public IReadOnlyCollection<string> EvaluationMetricNames => ["said"];

        public async ValueTask<EvaluationResult> EvaluateAsync(
            IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null,
            IEnumerable<EvaluationContext>? additionalContext = null, CancellationToken cancellationToken = default)
        {
            ChatResponse said = await chatConfiguration!.ChatClient.GetResponseAsync(messages, null, cancellationToken);
            return new EvaluationResult(new BooleanMetric("said", said.Text == "A"));
        }
    }
}
