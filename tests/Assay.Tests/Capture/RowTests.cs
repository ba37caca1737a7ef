namespace Assay.Tests.Capture;

/// <summary>Rows of output over rows of input, as a labelled experiment writes them into one table.</summary>
public sealed class RowTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_label_of_the_name_of_an_output_column_gets_a_prefix_and_keeps_its_place()
    {
        Space<int> space = Space.Product((a, b) => a * b,
            [Variable.Of(2, new { a = 2, shared = "first" }), Variable.Of(3, new { a = 3, shared = "first" })],
            [Variable.Of(5, new { b = 5, shared = "second" })]);
        Results results = await Experiment.Create<int>("rows", (product, run) => run.Row(new { product, b = "output" })).Over(space)
            .RunAsync(_store.Options);

        Assert.Equal(
            $"a,shared,label_b,product,b,run_id\n2,second,5,10,output,{results[0].Id}\n3,second,5,15,output,{results[1].Id}\n",
            Csv(results.Rows));
    }

    [Fact]
    public async Task A_row_replaces_no_parameter_and_no_fact_of_its_run_and_names_mean_the_same_in_all_rows()
    {
        Experiment<Sized> experiment = Experiment.Create<Sized>("clash", (p, run) =>
        {
            if (run.Seeds.Replicate == 0) run.Row(new { loss = 1.0 });
            else run.Row(new { Dim = 99, status = "hot", replicate = 77, run_id = "mine", loss = 0.5 });
            if (run.Seeds.Replicate == 1) throw new InvalidOperationException("after the row");
        });
        Results results = await experiment.Over(Space.From([new Sized(2, 0.1)])).Repeat(2).RunAsync(_store.Options);

        Assert.Equal(
            "param_Dim,Lr,run_replicate,run_status,loss,Dim,status,replicate,run_id,run_run_id\n"
            + $"2,0.1,0,success,1.0,,,,,{results[0].Id}\n2,0.1,1,failed,0.5,99,hot,77,mine,{results[1].Id}\n", Csv(results.Rows));
    }

    private sealed record Sized(int Dim, double Lr);

    [Fact]
    public async Task A_run_may_have_any_number_of_rows_in_the_order_of_the_plan()
    {
        Results results = await Experiment.Create<int>("rows", (n, run) =>
        {
            for (int i = 0; i < n; i++) run.Row(new { i });
        }).Over(Space.Values(2, 0, 1)).RunAsync(_store.Options);
        Assert.Equal(
            $"n,i,run_id\n2,0,{results[0].Id}\n2,1,{results[0].Id}\n1,0,{results[2].Id}\n", Csv(results.Rows));
    }

    [Fact]
    public async Task A_row_without_columns_is_refused()
    {
        Results results = await Experiment.Create<int>("empty", (n, run) => run.Row(new Dictionary<string, object?>()))
            .Over(Space.Values(1)).RunAsync(_store.Options);
        Assert.Contains("the row has no columns", results[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_repeated_runs_say_of_which_replicate_they_are()
    {
        Results results = await Experiment.Create<int>("repeated", (n, run) => run.Row(new { y = n })).Over(Space.Values(1, 2)).Repeat(2)
            .RunAsync(_store.Options);
        Assert.Equal(["n", "replicate", "y", "run_id"], results.Rows.Columns.Select(c => c.Name));
        Assert.Equal([(1L, 0L), (1L, 1L), (2L, 0L), (2L, 1L)], results.Rows.Rows.Select(r => ((long)r["n"]!, (long)r["replicate"]!)));
    }

    [Fact]
    public async Task A_column_that_comes_late_or_changes_its_type_is_there()
    {
        Results results = await Experiment.Create<int>("late", (n, run) =>
        {
            run.Row(n < 150 ? new Dictionary<string, object?> { ["v"] = n }
                : new Dictionary<string, object?> { ["v"] = 0.5, ["late"] = "yes" });
            if (n >= 150) run.Metric("late", n);
        }).Over(Space.From(Enumerable.Range(0, 151))).RunAsync(_store.Options);
        string[] rows = Csv(results.Rows).Split('\n');
        Assert.Equal("n,v,late,run_id", rows[0]);
        Assert.Equal($"150,0.5,yes,{results[150].Id}", rows[^2]);
        results.Save(_store.File("runs.csv"));
        string[] lines = await File.ReadAllLinesAsync(_store.File("runs.csv"));
        Assert.EndsWith(",late", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",150", lines[151], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_of_rows_is_saved_when_asked_for_and_never_over_another()
    {
        Experiment<int> experiment = Experiment.Create<int>("a/b", (n, run) => run.Row(new { square = n * n })).Over(Space.Values(3));
        var clock = new StoppedClock();
        for (int i = 0; i < 3; i++) await experiment.RunAsync(_store.Options with { Output = _store.File("tables/"), Clock = clock });
        string[] files = [.. Directory.GetFiles(_store.File("tables")).Order(StringComparer.Ordinal)];
        Assert.Equal(3, files.Length);
        string id = _store.Load()[0].Id;
        Assert.All(files, f => Assert.Equal($"n,square,run_id\n3,9,{id}\n", File.ReadAllText(f).ReplaceLineEndings("\n")));
        Assert.Matches(@"^2026-02-03_\d\d-05-06-007_a_b\.csv$", Path.GetFileName(files[0]));
    }

    [Fact]
    public async Task Values_in_rows_keep_their_types()
    {
        await Experiment.Create<int>("types", (n, run) => run.Row(new
        {
            whole = 1,
            real = 1.0,
            nan = double.NaN,
            text = "1",
            truth = true,
            none = (string?)null,
            list = new[] { 1, 2 },
            nested = new { a = 1 },
            when = new DateOnly(2026, 1, 2),
            price = 1.50m,
            kind = DayOfWeek.Friday,
        })).Over(Space.Values(0)).RunAsync(_store.Options);
        IReadOnlyDictionary<string, object?> row = Assert.Single(_store.Load()[0].Rows);
        Assert.Equal(1L, row["whole"]);
        Assert.Equal(1.0, Assert.IsType<double>(row["real"]));
        Assert.Equal(double.NaN, row["nan"]);
        Assert.Equal(("1", true, (object?)null), (row["text"], row["truth"], row["none"]));
        Assert.Equal(new object[] { 1L, 2L }, row["list"]);
        Assert.Equal(1L, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(row["nested"])["a"]);
        Assert.Equal(("2026-01-02", 1.5, "Friday"), (row["when"], row["price"], row["kind"]));
    }

    [Theory]
    [InlineData(5)]
    [InlineData("text")]
    public async Task A_row_without_columns_is_told(object row) => Assert.Contains(
        "expected named columns", await Captured.Fault(run => run.Row(row)), StringComparison.Ordinal);

    [Fact]
    public async Task A_list_is_no_row() => Assert.Contains(
        "the row is a System.Int32[]; expected named columns", await Captured.Fault(run => run.Row(new[] { 1, 2 })),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_value_that_cannot_be_stored_is_told_with_its_path() => Assert.Contains(
        "the row cannot be stored: at 'a.b[1]': a value of type System.RuntimeType",
        await Captured.Fault(run => run.Row(new { a = new { b = new object[] { 1, typeof(int) } } })), StringComparison.Ordinal);

    [Fact]
    public Task A_row_whose_values_record_something_while_they_are_read_mixes_no_lines() => Captured.By(
        run =>
        {
            IEnumerable<int> Logging()
            {
                run.Log("inside");
                run.Metric("inside", 1, step: 1);
                yield return 7;
            }

            run.Row(new { items = Logging() });
        },
        run =>
        {
            Assert.Equal(new object[] { 7L }, run.Rows[0]["items"]);
            Assert.Equal("inside", run.Log[0].Message);
        });

    private static string Csv(Table table)
    {
        using var folder = new TempFolder();
        table.Save(folder.File("t.csv"));
        return File.ReadAllText(folder.File("t.csv")).ReplaceLineEndings("\n");
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 2, 3, 4, 5, 6, 7, TimeSpan.Zero);
    }
}
