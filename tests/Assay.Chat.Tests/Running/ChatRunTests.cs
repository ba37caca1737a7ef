namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class ChatRunTests
{
    [Fact]
    public async Task A_chat_run_is_an_ordinary_run_with_answer_score_and_usage()
    {
        using var folder = new TempFolder();
        ChatResults<Numbers, int> results = await Experiments.Addition(LocalClient.Adding()).RunAsync(Experiments.In(folder));
        RunRecord record = Store.Open(folder.File("store")).Load("addition").Single(run => run.Index == 1);
        Assert.Equal(3L, record.Metrics["answer"]);
        Assert.Equal(1.0, record.Metrics["score"]);
        Assert.Equal("correct", record.Metrics["outcome"]);
        Assert.Equal(10L, record.Metrics["input_tokens"]);
        Assert.Equal(new Dictionary<string, object?> { ["A"] = 1L, ["B"] = 2L }, record.Params);
        Assert.Equal("sums", record.Labels["batch"]);
        Assert.Equal("3 runs, 3 scored: 3 correct, accuracy 1.000\nleft out 0\n30 input and 15 output tokens", results.Summary.ToString());
    }

    [Fact]
    public async Task A_loaded_run_has_its_conversation_answer_and_status()
    {
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(LocalClient.Adding());
        Assert.All(experiment.LoadRuns(Experiments.In(folder)), run => Assert.Equal(ChatStatus.Ready, run.Status));
        await experiment.RunAsync(Experiments.In(folder));
        ChatRun<Numbers, int> run = experiment.LoadRuns(Experiments.In(folder))[2];
        Assert.Equal("sums:2", run.Address.ToString());
        Assert.Equal((ChatStatus.Complete, 6, Score.Correct.Outcome), (run.Status, run.Answer, run.Score!.Outcome));
        Assert.Equal(
            ["system: Add the two numbers provided", "user: A: 2 B: 4", "assistant: 6"], run.Context.Select(m => $"{m.Role}: {m.Text}"));
        ChatCall call = Assert.Single(Transcript.Of(run.Record!).Calls);
        Assert.Equal(("local", false, "stop", new TokenUsage(10, 5)), (call.Model, call.IsCached, call.FinishReason, call.Usage!.Value));
    }

    [Fact]
    public async Task Data_that_the_command_line_chooses_are_asked_for_themselves()
    {
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(LocalClient.Adding(), 4).Repeat(2);

        ChatResults<Numbers, int> results = await experiment.RunAsync(
            ["--only", "A=2,3", "--store", folder.File("other")], Experiments.In(folder));

        Assert.Equal(
            [("sums:4", 6), ("sums:5", 6), ("sums:6", 9), ("sums:7", 9)], results.Runs.Select(run => ($"{run.Address}", run.Answer)));
        Assert.Equal(4, results.Summary.Correct);
        RunRecord[] records = [.. Store.Open(folder.File("other")).Load("addition")];
        Assert.All(records, run => Assert.Equal((long)run.Params["A"]! + (long)run.Params["B"]!, run.Metrics["answer"]));
    }

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--set=A=1")]
    public async Task Arguments_that_make_other_data_are_refused(string argument)
    {
        using var folder = new TempFolder();

        AssayException fault = await Assert.ThrowsAsync<AssayException>(
            () => Experiments.Addition(LocalClient.Adding()).RunAsync([argument, "3"], Experiments.In(folder)));

        Assert.Contains("does not fit a chat experiment", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_or_other_options_make_other_runs()
    {
        using var folder = new TempFolder();
        LocalClient one = LocalClient.Adding(), other = new(messages => LocalClient.Sum(messages[^1].Text), model: "other");
        await Experiments.Addition(one).RunAsync(Experiments.In(folder));

        await Experiments.Addition(other).RunAsync(Experiments.In(folder));
        await Experiments.Addition(other).WithOptions(new ChatOptions { Temperature = 1 }).RunAsync(Experiments.In(folder));
        await Experiments.Addition(other).RunAsync(Experiments.In(folder));

        Assert.Equal((3, 6), (one.Calls, other.Calls));
    }

    [Fact]
    public async Task A_client_without_a_model_is_not_asked_where_only_kept_answers_are_given()
    {
        using var folder = new TempFolder();
        var client = new LocalClient(messages => LocalClient.Sum(messages[^1].Text), model: null);

        ChatResults<Numbers, int> results = await Experiments.Addition(client).Cache(CacheMode.ReplayOnly).RunAsync(Experiments.In(folder));

        Assert.Equal(0, client.Calls);
        Assert.All(results.Runs, run => Assert.Contains("the client names no model", run.Error!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_works_without_waiting_has_its_limit_too()
    {
        using var folder = new TempFolder();
        using var over = new ManualResetEventSlim();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(LocalClient.Adding(), 1).StepTimeout(TimeSpan.FromSeconds(0.2))
            .Step((run, token) =>
            {
                over.Wait(TestProgram.Patience, CancellationToken.None);
                return Task.FromResult(Next.Stop);
            });

        ChatRun<Numbers, int> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        over.Set();

        Assert.Equal((ChatStatus.Fail, ChatOutcome.Timeout), (run.Status, run.Error!.Kind));
    }

    [Fact]
    public async Task An_answer_that_a_step_could_not_read_is_asked_for_again()
    {
        using var folder = new TempFolder();
        int calls = 0;
        var client = new LocalClient(messages => ++calls == 1 ? "The sum is 0." : LocalClient.Sum(messages[^1].Text));
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 1);
        Assert.Equal(ChatStatus.Fail, (await experiment.RunAsync(Experiments.In(folder))).Runs[0].Status);

        Assert.Equal(ChatStatus.Complete, (await experiment.RunAsync(Experiments.In(folder))).Runs[0].Status);
    }

    [Fact]
    public async Task Chosen_runs_alone_are_executed()
    {
        using var folder = new TempFolder();
        LocalClient client = LocalClient.Adding();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 5);
        IReadOnlyList<long> chosen = experiment.IndicesOf(new ChatAddress("sums", 1), new ChatAddress("sums", 4));
        ChatResults<Numbers, int> results = await experiment.RunAsync(Experiments.In(folder) with { Indices = [.. chosen] });
        Assert.Equal(2, client.Calls);
        Assert.Equal([1, 4], results.Runs.Where(run => run.Status == ChatStatus.Complete).Select(run => run.Address.Number));
        Assert.Equal(3, results.Summary.NotRun);
    }

    [Fact]
    public async Task An_edited_evaluation_makes_new_runs_without_a_call()
    {
        using var folder = new TempFolder();
        LocalClient client = LocalClient.Adding();
        await Experiments.Addition(client).RunAsync(Experiments.In(folder));
        ChatResults<Numbers, int> again = await Experiments.Addition(client)
            .Evaluate(run => Score.Of(run.Answer > 2, "above two")).RunAsync(Experiments.In(folder));
        Assert.Equal(3, client.Calls);
        Assert.Equal([0, 1, 1], again.Runs.Select(run => run.Score!.Value!.Value));
        Assert.All(again.Runs, run => Assert.Equal((1, 1), (run.Calls, run.CachedCalls)));
    }

    [Fact]
    public async Task Replicates_and_repeated_questions_get_answers_of_their_own()
    {
        using var folder = new TempFolder();
        int next = 0;
        var client = new LocalClient(_ => $"{Interlocked.Increment(ref next)}");
        ChatExperiment<string, string> Asking() => ChatExperiment.Create<string, string>("asking", client)
            .Setup(run => run.Add(ChatRole.User, run.Data))
            .Step(async (run, token) =>
            {
                string first = (await run.Client.GetResponseAsync(run.Data, cancellationToken: token)).Text;
                run.Answer = first + " " + (await run.Client.GetResponseAsync(run.Data, cancellationToken: token)).Text;
                return Next.Stop;
            })
            .Add("all", ["a"]).Repeat(2);

        ChatResults<string, string> first = await Asking().RunAsync(Experiments.In(folder) with { Parallel = 1 });
        Assert.Equal(["1 2", "3 4"], first.Runs.Select(run => run.Answer));
        ChatResults<string, string> again = await Asking().RunAsync(Experiments.In(folder) with { Resume = ResumeMode.All });
        Assert.Equal(["1 2", "3 4"], again.Runs.Select(run => run.Answer));
        Assert.Equal(4, client.Calls);
    }

    [Fact]
    public async Task A_rerun_starts_clean_and_keeps_the_earlier_attempt()
    {
        using var folder = new TempFolder();
        bool isBroken = true;
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(LocalClient.Adding(), 1).Step(async (run, token) =>
        {
            run.Add(ChatRole.User, "again");
            await Task.Yield();
            if (isBroken) throw new InvalidOperationException("broken");
            run.Answer = run.Context.Count;
            return Next.Stop;
        });
        ChatRun<Numbers, int> failed = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((ChatStatus.Fail, "exception", null), (failed.Status, failed.Error!.Kind, failed.Score));
        Assert.Equal(3, failed.Context.Count);
        isBroken = false;
        ChatRun<Numbers, int> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((ChatStatus.Complete, 3), (run.Status, run.Answer));
        Assert.Equal([RunStatus.Failed, RunStatus.Success], run.Record!.ReadAttempts().Select(a => Enum.Parse<RunStatus>(a.Status, true)));
    }

    [Fact]
    public async Task A_step_beyond_its_time_has_its_call_cancelled_and_the_run_fails_for_good()
    {
        using var folder = new TempFolder();
        var cancelled = new TaskCompletionSource();
        var client = new LocalClient(async (_, _, token) =>
        {
            using CancellationTokenRegistration _ = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 1).StepTimeout(TimeSpan.FromMilliseconds(50));
        ChatRun<Numbers, int> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        await cancelled.Task.WaitAsync(TestProgram.Patience);
        Assert.Equal((ChatStatus.Fail, ChatOutcome.Timeout), (run.Status, run.Error!.Kind));
        Assert.StartsWith("a step took longer than its limit of 00:00:00.05", run.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", ChatOutcome.Truncated)]
    [InlineData("content_filter", ChatOutcome.Refusal)]
    public async Task An_answer_that_is_not_whole_is_left_out_and_asked_for_again(string finish, string outcome)
    {
        using var folder = new TempFolder();
        var client = new LocalClient((_, _, _) => Task.FromResult(LocalClient.Response("12", new ChatFinishReason(finish))));
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(client, 2);
        ChatResults<Numbers, int> results = await experiment.RunAsync(Experiments.In(folder));
        Assert.Equal([outcome, outcome], results.Runs.Select(run => run.Error!.Kind));
        Assert.Equal(
            $"2 runs, none scored\nleft out 2 ({outcome} 2): accuracy 0.000 if all were wrong, 1.000 if right\n"
                + "20 input and 10 output tokens",
            results.Summary.ToString());
        await experiment.RunAsync(Experiments.In(folder));
        Assert.Equal(4, client.Calls);
    }

    [Fact]
    public async Task A_structured_answer_has_a_schema_and_a_malformed_one_is_asked_for_again()
    {
        using var folder = new TempFolder();
        var answers = new Queue<string>(["no JSON", """{"A":1,"B":2}"""]);
        ChatResponseFormat? format = null;
        var client = new LocalClient((_, options, _) =>
        {
            format = options!.ResponseFormat;
            return Task.FromResult(LocalClient.Response(answers.Dequeue()));
        });
        ChatExperiment<string, Numbers> experiment = ChatExperiment.Create<string, Numbers>("structured", client)
            .Setup(run => run.Add(ChatRole.User, run.Data))
            .Step(async (run, token) =>
            {
                run.Answer = await run.AskAsync<Numbers>(token);
                return Next.Stop;
            })
            .Evaluate(run => Score.Of(run.Answer!.B == 2)).Add("all", ["two numbers"]);
        ChatRun<string, Numbers> malformed = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal(ChatOutcome.Malformed, malformed.Error!.Kind);
        Assert.Contains("\"a\"", Assert.IsType<ChatResponseFormatJson>(format).Schema!.Value.GetRawText(), StringComparison.Ordinal);
        ChatRun<string, Numbers> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal((new Numbers(1, 2), "correct"), (run.Answer, run.Score!.Outcome));
        Assert.Equal(2, client.Calls);
    }

    [Fact]
    public async Task Tools_are_invoked_and_every_answer_in_between_is_kept()
    {
        using var folder = new TempFolder();
        int invoked = 0;
        var client = new LocalClient((messages, _, _) => Task.FromResult(messages[^1].Role == ChatRole.Tool
            ? LocalClient.Response(messages[^1].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()!)
            : new ChatResponse(new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent("call", "add", new Dictionary<string, object?> { ["a"] = 20, ["b"] = 3 })]))
            { FinishReason = ChatFinishReason.ToolCalls }));
        AITool add = AIFunctionFactory.Create((int a, int b) =>
        {
            invoked++;
            return a + b;
        }, "add", "Adds two numbers.");
        ChatExperiment<string, string> experiment = ChatExperiment.Create<string, string>("tools", client)
            .WithOptions(new ChatOptions { Tools = [add] })
            .Setup(run => run.Add(ChatRole.User, run.Data))
            .Step(async (run, token) =>
            {
                run.Answer = await run.AskAsync(token);
                return Next.Stop;
            })
            .Add("all", ["20 + 3?"]);
        ChatRun<string, string> run = (await experiment.RunAsync(Experiments.In(folder))).Runs[0];
        Assert.Equal(("23", 1, 2L), (run.Answer, invoked, run.Calls));
        Assert.Equal(["user", "assistant", "tool", "assistant"], run.Context.Select(m => m.Role.Value));
        await experiment.RunAsync(Experiments.In(folder) with { Resume = ResumeMode.All });
        Assert.Equal(2, client.Calls);
    }

    [Fact]
    public async Task A_runner_is_the_same_as_three_lambdas()
    {
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = ChatExperiment.Create("runner", LocalClient.Adding(), new AddingRunner())
            .Add("sums", [new Numbers(1, 2), new Numbers(3, 4)]);
        ChatResults<Numbers, int> results = await experiment.RunAsync(Experiments.In(folder));
        Assert.Equal([3, 7], results.Runs.Select(run => run.Answer));
        Assert.Equal(["setup done", "asked 2 times"], results.Runs[0].Logs);
    }

    [Fact]
    public async Task A_replay_never_calls_the_model()
    {
        using var folder = new TempFolder();
        await Experiments.Addition(LocalClient.Adding(), 2).RunAsync(Experiments.In(folder));
        LocalClient client = LocalClient.Adding();
        ChatResults<Numbers, int> results = await Experiments.Addition(client, 3).Cache(CacheMode.ReplayOnly)
            .RunAsync(Experiments.In(folder) with { Resume = ResumeMode.All });
        Assert.Equal(0, client.Calls);
        Assert.Equal([ChatStatus.Complete, ChatStatus.Complete, ChatStatus.Fail], results.Runs.Select(run => run.Status));
        Assert.Contains("no model is asked (CacheMode.ReplayOnly)", results.Runs[2].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_stops_before_it_is_exceeded_and_goes_on_when_it_is_raised()
    {
        using var folder = new TempFolder();
        LocalClient client = LocalClient.Adding();
        var prices = new PriceTable(new Dictionary<string, ModelPrice> { ["local"] = new(Input: 100_000, Output: 200_000) });
        ChatExperiment<Numbers, int> Priced(decimal budget) => Experiments.Addition(client, 20).Prices(prices)
            .WithOptions(new ChatOptions { MaxOutputTokens = 5 }).Budget(new ChatBudget(budget));

        // A call costs 10 × 0.1 + 5 × 0.2 = 2, and at most 0.1 for each of some 220 bytes, and 1.
        BudgetException stopped = await Assert.ThrowsAsync<BudgetException>(() =>
            Priced(40).RunAsync(Experiments.In(folder) with { Parallel = 1 }));
        Assert.Equal(
            "'addition' stopped: the budget of 40 does not cover the next call: 18 was paid. Finished runs and answers are kept; raise the "
                + "budget and run again.", stopped.Message);
        Assert.Equal((9, 9), (client.Calls, stopped.Results!.Successful.Count));
        ChatResults<Numbers, int> results = await Priced(100).RunAsync(Experiments.In(folder) with { Parallel = 1 });
        Assert.Equal((20, 20, 40m), (client.Calls, results.Summary.Correct, results.Summary.Cost));
    }

    [Fact]
    public async Task Everything_that_is_missing_is_said_at_once()
    {
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = ChatExperiment.Create<Numbers, int>("empty", LocalClient.Adding())
            .Budget(new ChatBudget(5)).Cache(CacheMode.Off);
        InvalidExperimentException fault =
            await Assert.ThrowsAsync<InvalidExperimentException>(() => experiment.RunAsync(Experiments.In(folder)));
        Assert.Equal(4, fault.Faults.Count);
        Assert.False(Directory.Exists(folder.File("store")));
    }

    private sealed class AddingRunner : IChatRunner<Numbers, int>
    {
        public ValueTask SetupAsync(ChatRun<Numbers, int> run, CancellationToken cancellationToken)
        {
            run.Add(ChatRole.User, $"A: {run.Data.A} B: {run.Data.B}");
            run.Log("setup done");
            return ValueTask.CompletedTask;
        }

        public async Task<Next> StepAsync(ChatRun<Numbers, int> run, CancellationToken cancellationToken)
        {
            run.Answer = int.Parse(await run.AskAsync(cancellationToken), null);
            if (run.Calls == 2) run.Log("asked 2 times");
            else run.Add(ChatRole.User, $"A: {run.Data.A} B: {run.Data.B}");
            return run.Calls < 2 ? Next.Continue : Next.Stop;
        }
    }
}
