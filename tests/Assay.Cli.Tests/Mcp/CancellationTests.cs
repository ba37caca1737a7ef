using System.Text.Json;
using Assay.Cli.Mcp;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests.Mcp;

public sealed class CancellationTests
{
    public static TheoryData<string, string> LongCalls => new()
    {
        { "list_runs", """{"where":"metrics.acc > 0"}""" },
        { "list_runs", """{"sort":["metrics.acc"],"since":"2020-01-01"}""" },
        { "best_runs", """{"metric":"metrics.acc","since":"2020-01-01"}""" },
        { "run_stats", """{"where":"metrics.acc > 0","since":"2020-01-01"}""" },
        { "compare_settings", """{"metric":"metrics.acc","between":"branch","where":"metrics.acc > 0","since":"2020-01-01"}""" },
        { "parameter_importance", """{"metric":"metrics.acc","where":"metrics.acc > 0","since":"2020-01-01"}""" },
        { "plot_metric", """{"metric":"metrics.acc","where":"metrics.acc > 0","since":"2020-01-01"}""" },
        { "report_results", """{"where":"metrics.acc > 0","since":"2020-01-01"}""" },
        { "list_paths", """{"since":"2020-01-01"}""" },
        { "select_values", """{"path":"metrics.acc","since":"2020-01-01"}""" },
        { "export_table", """{"since":"2020-01-01"}""" },
        { "get_series", """{"metric":"metrics.acc","since":"2020-01-01"}""" },
    };

    [Fact]
    public void Every_tool_that_filters_runs_has_a_call_that_is_cancelled() => Assert.Equal(
        AssayTool.Questions.Where(q => q.Parameters.Any(p => p.Name == "since")).Select(q => q.Tool?.Name).OfType<string>().ToHashSet(),
        LongCalls.Select(call => (string)call[0]).ToHashSet());

    [Theory]
    [MemberData(nameof(LongCalls))]
    public async Task A_call_that_is_cancelled_ends_within_its_work(string tool, string arguments)
    {
        (StoreFixture store, _) = TrackedStore.Make(20, TimeSpan.FromHours(1));
        using (store)
        {
            using var cancel = new CancellationTokenSource();
            using var serving = new ToolServing(
                [.. AssayTool.Questions.Where(q => q.Tool is not null)],
                new ServedStore(store.Path, store.Path, new CancellingClock(cancel)), new ServerLog(TextWriter.Null));
            var request = new CallToolRequestParams
            {
                Name = tool,
                Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await serving.CallAsync(request, cancel.Token));
            Assert.True(cancel.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task A_client_that_cancels_gets_no_answer_and_can_go_on_asking()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(300, TimeSpan.FromHours(1));
        using (store)
        {
            await using McpSession session = await McpSession.StartAsync(store.Path);
            using var cancel = new CancellationTokenSource();
            Task[] calls = [
                .. Enumerable.Range(0, 100).Select(
                    _ => session.Client.CallToolAsync("list_paths", cancellationToken: cancel.Token).AsTask())];
            await cancel.CancelAsync();
            foreach (Task call in calls) await Record.ExceptionAsync(() => call);
            Assert.Contains(calls, call => call.IsCanceled);
            Assert.Equal(facts.Count, (await session.AskAsync("list_runs"))["total"]!.GetValue<int>());
        }
    }

    // The call is cancelled once its work has begun and asks for the time.
    private sealed class CancellingClock(CancellationTokenSource cancel) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            cancel.Cancel();
            return TrackedStore.Now;
        }
    }
}
