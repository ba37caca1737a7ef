namespace Assay.Tests.Execution;

[Trait("Category", "Quick")]
public class DeepTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(48)]
    public async Task Parameters_nested_as_deep_as_identity_allows_can_be_read_again(int levels)
    {
        using var store = new TestStore();
        Node deep = new(0, null);
        for (int i = 1; i < levels; i++) deep = new Node(i, deep);
        Results results = await Experiment.Create<Node>("deep", (p, run) => run.Row(new { p })).Over(Space.Values(deep))
            .RunAsync(store.Options);

        Assert.Equal(levels - 1L, Assert.Single(results).Params["Level"]);
        Assert.Empty(results.Damage);
        Assert.Single(results[0].Rows);
        Assert.Single((await Experiment.Create<Node>("deep", (p, run) => run.Row(new { p })).Over(Space.Values(deep))
            .RunAsync(store.Options)).Successful);
        results.Save(store.File("t.json"));
        results.Save(store.File("t.csv"));
    }

    [Fact]
    public async Task Deeper_parameters_are_refused_before_anything_runs()
    {
        using var store = new TestStore();
        Node deep = new(0, null);
        for (int i = 1; i < 60; i++) deep = new Node(i, deep);
        InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(
            () => Experiment.Create<Node>("deep", (_, _) => { }).Over(Space.Values(deep)).RunAsync(store.Options));
        Assert.Contains("nested more than 50 levels deep", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(56, true)]
    [InlineData(70, false)]
    public async Task Data_is_either_stored_so_that_it_can_be_read_or_refused(int levels, bool stored)
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("data", (_, run) =>
        {
            object value = 1;
            for (int i = 0; i < levels; i++) value = new[] { value };
            run.Data("deep", value);
        }).Over(Space.Values(1)).RunAsync(store.Options);
        Assert.Equal(stored ? RunStatus.Success : RunStatus.Failed, results[0].Status);
        Assert.Empty(results.Damage);
        if (stored) Assert.Equal(System.Text.Json.JsonValueKind.Array, results[0].Data<System.Text.Json.JsonElement>("deep").ValueKind);
        else Assert.Contains("'deep' cannot be stored as JSON", results[0].Error!.Message, StringComparison.Ordinal);
    }

    public sealed record Node(int Level, Node? Below);
}
