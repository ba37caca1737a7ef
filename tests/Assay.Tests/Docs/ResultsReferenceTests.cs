using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Assay.Tests.Docs;

/// <summary>The code in <c>docs/reference/results.md</c>, row by row.</summary>
[Trait("Category", "Quick")]
public sealed partial class ResultsReferenceTests : IAsyncLifetime, IDisposable
{
    private readonly TestStore _store = new();
    private readonly List<(string Code, object? Value)> _rows = [];
    private Results _results = null!;

    public async Task InitializeAsync() => _results = await Experiment.Create<int>("pi", "1", (n, run) =>
    {
        run.Metric("score", n * 1.5);
        run.Artifact("note", "a note");
        run.Data("vector", new[] { 1.0, n });
    }).Over(Space.From([1, 2, 3, 4])).Tag("small").Metadata(new { team = "x" }).Repeat(1, seed: 4).RunAsync(_store.Options);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_row_of_the_table_runs_as_it_stands()
    {
        // Named as in the page.
        string path = _store.Path, file = _store.File("results.csv");
        Results results = _results;
        RunRecord run = results[1];
        var function = DerivedMetric.Of("half", "1", r => r.Metric("score") / 2);
        var progress = new Nobody();
        var reducers = new Dictionary<string, Func<RunArtifact, object?>> { ["note"] = a => a.Info.Size };

        Row(Store.Open(path).LoadAll());
        Row(Store.Open(path).Load("pi:1"));
        Row(Store.Open(path).Path);
        Row(results.ToArray());
        Row(results[0]);
        Row(results[1..3]);
        Row(results.Skip(2));
        Row(results.Count);
        Row(results.Successful);
        Row(results.Failed);
        Row(results.Filter(RunStatus.Success));
        Row(results.Tagged("small"));
        Row(results.Filter(new { n = 2 }));
        Row(results[run.Id].ArtifactText("note"));
        Row(results.CountByStatus());
        Row(results.Average(r => r.Duration!.Value.TotalMilliseconds));
        Row(() => results.Display("n"));
        Row(results.ToTable());
        Row(() => results.SaveCsv(file));
        Row(results.ToTable(new() { Params = true, Metrics = true, Record = false }));
        await Row(results.DeriveAsync("twice", r => 2 * r.Metric("score")));
        Row(results.ToTable(new() { Derived = true }));
        Row(results.ToTable(new() { Compute = [function] }));
        Row(results.ToTable(new() { Reduce = reducers }));
        Row(results.ToTable(new() { Compute = [function], Progress = progress }));
        await Row(results.DeriveAsync([function], new() { Overwrite = true, Progress = progress }));
        Row(new RunOptions { Derive = [function] });
        Row(run.Id);
        Row(run);
        Row($"{run.Experiment}:{run.Version}");
        Row(run.Metadata);
        Row(run.Status);
        Row(run.Error);
        Row(run.StartedAt);
        Row(run.StartedAt + run.Duration);
        Row(run.Duration);
        Row(run.Params);
        Row(run.Metrics);
        Row(run.Derived);
        Row(run.Tags);
        Row(run.Fingerprints["params"]);
        Row(run.Fingerprints["context"]);
        Row(run.Seed);
        Row(run.OpenArtifact("note"));
        Row(run.Artifacts);
        Row(run.Data<double[]>("vector"));
        Row(run.Artifacts.Where(a => a.Kind == "data"));
        Row(Store.Open(path).Experiments()[0].Title);
        Row(Store.Open(path).Experiments()[0].Name);
        Row(Store.Open(path).Experiments()[0].Version);
        Row(run.ReadSession());
        Row(run.Metadata["team"]);
        Row(run.Tags[0]);
        Row(Store.Open(path).Load("pi:1").Count);

        string[] documented =
            [.. Line().Matches(File.ReadAllText(Repository.File("docs", "reference", "results.md"))).Select(m => m.Groups[1].Value)];
        Assert.Equal(documented.Distinct().Order(StringComparer.Ordinal), _rows.Select(r => r.Code).Order(StringComparer.Ordinal));
        Assert.All(_rows, row => Assert.True(row.Value is not null || row.Code == "run.Error", row.Code));
        Assert.Equal(["param_n", "score"], Value<Table>("results.ToTable(new() { Params = true, Metrics = true, Record = false })").Columns
            .Select(c => c.Name));
        Assert.Contains("derived_twice", Value<Table>("results.ToTable(new() { Derived = true })").Columns.Select(c => c.Name));
        Assert.Equal(6L, Value<Table>("results.ToTable(new() { Reduce = reducers })").Rows[0]["derived_note"]);
        Assert.Equal([6.0, 1.5], Value<IReadOnlyDictionary<string, object?>>("run.Derived").Values);
        Assert.Equal(5, File.ReadAllLines(file).Length);
        Assert.Equal("vector", Assert.Single(Value<IEnumerable<ArtifactInfo>>("run.Artifacts.Where(a => a.Kind == \"data\")")).Name);
        Assert.Single(Value<Results>("results.Filter(new { n = 2 })"));
        Assert.Equal((4, 0, 2), (Value<Results>("results.Successful").Count, Value<Results>("results.Failed").Count,
            Value<Results>("results[1..3]").Count));
    }

    private T Value<T>(string code) => (T)_rows.Single(r => r.Code == code).Value!;

    private void Row(object? value, [CallerArgumentExpression(nameof(value))] string code = "") => _rows.Add((code, value));

    private async Task Row(Task<DeriveReport> task, [CallerArgumentExpression(nameof(task))] string code = "")
    {
        DeriveReport report = await task;
        Assert.Equal((4, 0), (report.Computed, report.Failures.Count));
        _rows.Add((code, report));
    }

    private void Row(Action call, [CallerArgumentExpression(nameof(call))] string code = "")
    {
        call();
        _rows.Add((code["() => ".Length..], code));
    }

    [GeneratedRegex(@"(?m)^\|[^|]+\| `([^|]+)` \|")]
    private static partial Regex Line();

    private sealed class Nobody : IProgress<DeriveProgress>
    {
        public void Report(DeriveProgress value) { }
    }
}
