namespace Assay.Tests.Capture;

/// <summary>Parameters whose type is chosen like any other value: the records say which it was.</summary>
[Trait("Category", "Quick")]
public sealed class DerivedParameterTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_type_of_a_nested_value_is_a_parameter_like_its_members()
    {
        Results results = await Experiment.Create<Job>("nested", (job, run) => run.Metric("loss", job.Optimizer is Sgd ? 1 : 5))
            .Over(Space.Of<Job>().Grid(j => j.Optimizer, new Sgd(0.1), new Rms(0.1))).RunAsync(_store.Options);
        Assert.Equal([FullTypeName.Of(typeof(Sgd)), FullTypeName.Of(typeof(Rms))],
            results.Select(r => ((IReadOnlyDictionary<string, object?>)r.Params["Optimizer"]!)["$type"]));
        Assert.Contains("param_Optimizer.$type", results.ToTable().Columns.Select(c => c.Name));
        Assert.Equal(1L, Assert.Single(
            results.Filter(new Dictionary<string, object?> { ["Optimizer.$type"] = FullTypeName.Of(typeof(Sgd)) })).Metrics["loss"]);
    }

    [Fact]
    public async Task So_is_the_type_of_the_parameters_themselves_where_it_is_not_the_declared_one()
    {
        Results results = await Experiment.Create<Optimizer>("whole", (o, run) => run.Metric("loss", o is Sgd ? 1 : 5))
            .Over(Space.Values<Optimizer>(new Sgd(0.1), new Rms(0.1))).RunAsync(_store.Options);
        Assert.Equal(2, results.Select(r => r.Params["$type"]).Distinct().Count());
    }

    [Fact]
    public async Task And_the_type_of_what_is_declared_by_an_interface_or_stands_in_a_list()
    {
        Results results = await Experiment.Create<Parts>("parts", (_, run) => run.Metric("x", 1))
            .Over(Space.Values(new Parts(new Square(1), [new Sgd(1), new Rms(1)]))).RunAsync(_store.Options);
        Assert.Equal(FullTypeName.Of(typeof(Square)), ((IReadOnlyDictionary<string, object?>)results[0].Params["Shape"]!)["$type"]);
        Assert.Equal([FullTypeName.Of(typeof(Sgd)), FullTypeName.Of(typeof(Rms))], ((object?[])results[0].Params["Steps"]!)
            .Select(s => ((IReadOnlyDictionary<string, object?>)s!)["$type"]));
    }

    [Fact]
    public async Task A_type_that_stands_for_itself_needs_no_name()
    {
        Results results = await Experiment.Create<Plain>("plain", (_, run) => run.Metric("x", 1))
            .Over(Space.Values(new Plain(new Inner(1)))).RunAsync(_store.Options);
        Assert.Equal(["param_Inner.N"], results.ToTable().Columns.Select(c => c.Name)
            .Where(n => n.StartsWith("param_", StringComparison.Ordinal)));
    }

    public abstract record Optimizer(double Lr);

    public sealed record Sgd(double Lr) : Optimizer(Lr);

    public sealed record Rms(double Lr) : Optimizer(Lr);

    public sealed record Job(Optimizer Optimizer);

    public interface IShape;

    public sealed record Square(double Side) : IShape;

    public sealed record Parts(IShape Shape, IReadOnlyList<Optimizer> Steps);

    public sealed record Inner(int N);

    public sealed record Plain(Inner Inner);
}
