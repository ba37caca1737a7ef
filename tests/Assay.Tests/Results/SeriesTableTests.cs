namespace Assay.Tests.Reading;

[Trait("Category", "Quick")]
public sealed class SeriesTableTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_curves_of_all_runs_are_one_table()
    {
        Results results = await TrainAsync();
        Table table = results.Series("loss");

        Assert.Equal(
            [
                "run_id", "experiment", "status", "param_Optimizer.LearningRate", "param_Optimizer.Name", "param_Hidden", "seed",
                "replicate", "step", "value", "elapsed_ms",
            ],
            table.Columns.Select(c => c.Name));
        // As each run has them, out of one pass over the journals.
        Assert.Equal(
            from run in results
            where run.SeriesNames.Contains("loss", StringComparer.Ordinal)
            from point in run.Series("loss")
            select (run.Id, run.Seed!.Replicate, point.Step, point.Value, point.Time.TotalMilliseconds),
            from row in table.Rows
            select (row.Get<string>("run_id"), row.Get<int>("replicate"), row.Get<long>("step"), row.Get<double>("value"),
                row.Get<double>("elapsed_ms")));
        Assert.Equal(results[0].ParamsAs<Train>(), table.As<Train>()[0]);
        Assert.Contains("failed", table["status"].AsStrings().ToArray());
    }

    [Fact]
    public async Task A_mean_curve_is_a_grouped_table()
    {
        Table mean = (await TrainAsync()).Successful.Series("loss")
            .GroupBy("param_Hidden", "step").Aggregate(Aggregate.Mean("value"), Aggregate.Count());

        Assert.Equal(2 * 600, mean.RowCount);
    }

    [Fact]
    public async Task Runs_without_the_series_have_no_rows_and_an_unknown_one_is_told()
    {
        Results results = await TrainAsync();

        Assert.Equal(3, results.Series("rare").RowCount);
        Assert.Equal(3, results.Series("series.rare").RowCount);
        Assert.Equal(0, results.Filter(_ => false).Series("loss").RowCount);
        Assert.Contains(
            "no run recorded 'los' over steps; the series are 'loss', 'rare'. Did you mean 'loss'? Correct the name",
            Assert.Throws<AssayException>(() => results.Series("los")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempt_that_counts_is_read_and_no_other()
    {
        int attempt = 0;
        var experiment = Experiment.Create<int>("again", (_, run) =>
        {
            for (int step = 0; step < 3; step++) run.Metric("loss", attempt, step);
            if (attempt++ == 0) throw new InvalidOperationException("once");
        }).Over(Space.Values(0));
        await experiment.RunAsync(_store.Options);
        await experiment.RunAsync(_store.Options);

        Assert.Equal([1.0, 1, 1], _store.Load().Series("loss")["value"].AsDoubles().ToArray());
    }

    [Fact]
    public async Task A_line_that_was_changed_since_is_left_out_and_told()
    {
        await TrainAsync();
        Results results = _store.Load();
        Assert.Empty(results.Damage);
        string journal = JournalText.Only(_store.Path);
        string[] lines = await File.ReadAllLinesAsync(journal);
        int block = Array.FindIndex(lines, l => l.Contains("\"kind\":\"series\"", StringComparison.Ordinal));
        lines[block] = lines[block].Replace("\"steps\":[0", "\"steps\":[7", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(journal, lines);

        results.Series("loss");
        Assert.Equal("the line was changed after it was read; its values are left out", Assert.Single(results.Damage).Reason);
    }

    [Fact]
    public async Task The_artifacts_of_a_name_come_with_their_runs()
    {
        Results results = await TrainAsync();
        IReadOnlyList<RunArtifact> models = results.Artifacts("model");

        Assert.Equal(
            results.Where(r => r.Artifacts.Any(a => a.Name == "model")).Select(r => r.Id), models.Select(m => m.Run.Id));
        using var reader = new StreamReader(models[0].Open());
        Assert.Equal("weights 8", await reader.ReadToEndAsync());
        models[0].Save(_store.File("m.txt"), overwrite: false);
        string message = Assert.Throws<AssayException>(() => models[0].Save(_store.File("m.txt"), overwrite: false)).Message;
        Assert.Contains("exists already", message, StringComparison.Ordinal);
        Assert.Contains(
            "no run has an artifact or data 'modl'; there are 'model'. Did you mean 'model'?",
            Assert.Throws<AssayException>(() => results.Artifacts("modl")).Message, StringComparison.Ordinal);
        Assert.Empty(results.Filter(_ => false).Artifacts("modl"));
    }

    // Curves longer than a block; the last run fails in the middle of its own.
    private Task<Results> TrainAsync() => Experiment.Create<Train>("curves", (p, run) =>
    {
        for (int step = 0; step < 600; step++)
        {
            run.Metric("loss", p.Hidden / (1.0 + step) + run.Seeds.Replicate, step);
            if (p.Hidden == 16 && run.Seeds.Replicate == 2 && step == 300) throw new InvalidOperationException("diverged");
        }

        if (p.Hidden == 8 && run.Seeds.Replicate == 1)
            foreach (long step in (long[])[3, 1, 2]) run.Metric("rare", step, step);
        run.Artifact("model", $"weights {p.Hidden}");
    }).Over(Space.Of<Train>().Grid(p => p.Hidden, 8, 16).Grid(p => p.Optimizer.LearningRate, 0.1)).Repeat(3, seed: 1)
        .RunAsync(_store.Options);
}
