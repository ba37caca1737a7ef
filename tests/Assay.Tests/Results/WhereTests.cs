namespace Assay.Tests.Reading;

/// <summary>Conditions and orders as texts, in C# as in the shell.</summary>
public sealed class WhereTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("lr > 0.01", "0.1 0.1")]
    [InlineData("params.LR = 0.01 and score >= 1", "0.01 0.01")]
    [InlineData("not (lr in (0.01, 0.1))", "0.001 0.001")]
    [InlineData("score is missing", "")]
    [InlineData("status = success and name ~ 'B'", "0.001 0.01 0.1")]
    [InlineData("tags contains 'sweep'", "0.001 0.001 0.01 0.01 0.1 0.1")]
    public async Task A_condition_chooses_the_runs_that_fulfil_it(string condition, string rates)
    {
        Results results = await RunAsync();

        Assert.Equal(rates, string.Join(' ', results.Where(condition).Select(r => r.Params["Lr"])));
    }

    [Fact]
    public async Task Orders_have_several_keys_and_directions()
    {
        Results results = await RunAsync();

        Assert.Equal("0.1/b 0.1/a 0.01/b 0.01/a 0.001/b 0.001/a", Shown(results.Sort("lr:desc,name:desc")));
        Assert.Equal("0.001/a 0.01/a 0.1/a 0.001/b 0.01/b 0.1/b", Shown(results.Sort("name,Lr")));
        Assert.Equal("0.01/b 0.01/a", Shown(results.Where("lr = 0.01").Sort("name:desc")));
    }

    [Theory]
    [InlineData("lr >", "the condition cannot be read at character")]
    [InlineData("learning > 3", "no run has a value called 'learning' (the condition's character 1)")]
    [InlineData("name = hang", "(the condition's character 8; text stands in quotes, as in 'hang')")]
    [InlineData("lr > 1 or or", "the condition cannot be read at character")]
    public async Task A_condition_that_cannot_be_read_says_where_and_what_there_is(string condition, string message)
    {
        Results results = await RunAsync();

        AssayException fault = Assert.Throws<AssayException>(() => Rethrown(() => results.Where(condition)));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_to_sort_by_that_no_run_has_lists_those_there_are()
    {
        Results results = await RunAsync();

        AssayException fault = Assert.Throws<AssayException>(() => Rethrown(() => results.Sort("scor")));

        Assert.Contains("no run has a value called 'scor'; there are params.Lr, params.Name", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'score'?", fault.Message, StringComparison.Ordinal);
    }

    // The exception's own type is a detail.
    private static void Rethrown(Action action)
    {
        try
        {
            action();
        }
        catch (AssayException fault)
        {
            throw new AssayException(fault.Message);
        }
    }

    private static string Shown(Results results) => string.Join(' ', results.Select(r => $"{r.Params["Lr"]}/{r.Params["Name"]}"));

    private Task<Results> RunAsync() => Experiment
        .Create<Point>("where", (p, run) => run.Metric("score", p.Lr * 100))
        .Over(Space.Of<Point>().Grid(p => p.Lr, 0.001, 0.01, 0.1).Grid(p => p.Name, "a", "b"))
        .Tag("sweep")
        .RunAsync(_store.Options);

    private sealed record Point(double Lr, string Name);
}
