namespace Assay.Tests.Execution;

/// <summary>Whatever can be known to be wrong is told before anything runs, all of it at once, and leaves no trace.</summary>
[Trait("Category", "Quick")]
public sealed class InvalidExperimentTests : IDisposable
{
    private readonly TestStore _store = new();
    private int _ran;

    public void Dispose()
    {
        _store.Dispose();
        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        Experiment<int> experiment = Experiment.Create<int>("a:b", " ", (_, _) => _ran++).Metadata(new { type = typeof(int) });
        InvalidExperimentException fault = await Refused(experiment, _store.Options with { Parallel = 0, Head = -1 });
        Assert.Equal(6, fault.Faults.Count);
        Assert.All(fault.Faults, f => Assert.Contains(f, fault.Message, StringComparison.Ordinal));
        Assert.StartsWith("'a:b' cannot run, 6 faults:", fault.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, RunOptions, string, string> Options => new()
    {
        { "Parallel", new() { Parallel = 0 }, "Parallel is 0", "expected 1 to" },
        { "Parallel", new() { Parallel = 200_000 }, "Parallel is 200000", "expected 1 to" },
        { "Head", new() { Head = -1 }, "Head is -1", "from 0, or null" },
        { "Timeout", new() { Timeout = TimeSpan.Zero }, "Timeout is 00:00:00", "more than zero" },
        { "Timeout", new() { Timeout = TimeSpan.MaxValue }, "Timeout is 10675199", "at most" },
        { "Timeout", new() { Timeout = TimeSpan.FromDays(60) }, "Timeout is 60", "at most" },
        { "StopAfterFailures", new() { StopAfterFailures = 0 }, "StopAfterFailures is 0", "at least 1, or null" },
        { "StopWhenFirstFail", new() { StopWhenFirstFail = 0 }, "StopWhenFirstFail is 0", "at least 1, or null" },
        { "CancelGrace", new() { CancelGrace = TimeSpan.FromSeconds(-1) }, "CancelGrace is -00:00:01", "zero or more" },
        { "CancelGrace", new() { CancelGrace = TimeSpan.MaxValue }, "CancelGrace is 10675199", "at most" },
        { "Retries", new() { Retries = new RetryPolicy(-1) }, "Retries is -1", "0 or more" },
        { "Retries", new() { Retries = new RetryPolicy(1) { Delay = TimeSpan.FromSeconds(-2) } }, "-00:00:02", "zero or more" },
        { "Retries", new() { Retries = new RetryPolicy(1) { Delay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue } }, "10675199", "at "
            + "most" },
        { "Retries", new() { Retries = new RetryPolicy(1) { Factor = double.NaN } }, "factor of Retries is NaN", "1 or more" },
        { "Output", new() { Output = "table.xyz" }, "table.xyz", "csv" },
        { "Output", new() { Output = "table.xlsx" }, "table.xlsx", "dotnet add package Assay.Excel" },
        { "OutputFormat", new() { OutputFormat = TableFormat.Excel }, "Excel", "dotnet add package Assay.Excel" },
        { "OutputFormat", new() { OutputFormat = (TableFormat)99 }, "99", "member of TableFormat" },
        { "Output", new() { Output = "table.csv", OutputFormat = TableFormat.Clipboard }, "table.csv", "leave one of them out" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_out_of_its_range_is_told_with_value_and_expectation(string option, RunOptions options, string value,
        string expectation)
    {
        string fault = Assert.Single(
            (await Refused(Count().Over(Space.Values(1)), options with { Store = _store.Path, Progress = ProgressMode.None })).Faults);
        Assert.Contains(option, fault, StringComparison.Ordinal);
        Assert.Contains(value, fault, StringComparison.Ordinal);
        Assert.Contains(expectation, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_without_a_space_says_how_to_give_one() =>
        Assert.Contains("no space; add its points with .Over(", (await Refused(Count())).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_faults_of_the_space_are_told()
    {
        AxisSpace<Setting> space = Space.Of<Setting>().Grid(p => p.Rate).Grid("colour", "red").Grid("size", "big");
        InvalidExperimentException fault = await Refused(Experiment.Create<Setting>("space", (_, _) => _ran++).Over(space));
        Assert.Equal(3, fault.Faults.Count);
        Assert.Contains("axis Rate has no values", fault.Message, StringComparison.Ordinal);
        Assert.Contains("colour", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"big\" is of type string, expected int", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_leaves_no_point_is_told() => Assert.Contains(
        "the filter keeps none", (await Refused(Count().Over(Space.Values(1, 2).Where(n => n > 2)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task More_runs_than_can_be_counted_are_told()
    {
        int[] many = [.. Enumerable.Range(0, 100_000)];
        Space<Four> space = Space.Of<Four>().Grid(p => p.A, many).Grid(p => p.B, many).Grid(p => p.C, many);
        InvalidExperimentException fault = await Refused(Experiment.Create<Four>("huge", (_, _) => _ran++).Over(space).Repeat(100_000));
        Assert.Contains("1000000000000000 points × 100000 replicates", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_in_the_context_is_told_with_the_place_looked_for()
    {
        Experiment<int> experiment = Experiment.Create<int,
            Inputs>("inputs", "1", new Inputs(new FileRef("no/such.csv"), 3), (_, _, _) => _ran++);
        InvalidExperimentException fault = await Refused(experiment.Over(Space.Values(1)));
        Assert.Contains("at 'Data': the file 'no/such.csv' does not exist", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFullPath("no/such.csv"), fault.Message, StringComparison.Ordinal);
        Assert.Contains("correct the path or create the file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_among_the_parameters_is_told()
    {
        Experiment<Inputs> experiment = Experiment.Create<Inputs>("inputs", (_, _) => _ran++);
        InvalidExperimentException fault = await Refused(experiment.Over(Space.Values(new Inputs(new FileRef("gone.csv"), 1))));
        Assert.Contains("point 0 of its space", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'gone.csv' does not exist", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_that_cannot_be_stored_is_told_with_its_path()
    {
        InvalidExperimentException fault = await Refused(Count().Over(Space.Values(1)).Metadata(new { owner = "me", type = typeof(int) }));
        Assert.Contains("metadata", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'type'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_variables_that_cannot_be_stored_are_told_with_their_path()
    {
        Space<int> space = Space.Product(n => n, [Variable.Of(1, new { good = 1, bad = typeof(int) })]);
        InvalidExperimentException fault = await Refused(Count().Over(space));
        Assert.Contains("'bad'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not blank")]
    [InlineData("  ", "not blank")]
    [InlineData("a:b", "without ':'")]
    [InlineData("a\nb", "control characters")]
    public async Task A_name_that_cannot_be_addressed_is_told(string name, string expectation)
    {
        InvalidExperimentException fault = await Refused(Experiment.Create<int>(name, (_, _) => _ran++).Over(Space.Values(1)));
        Assert.Contains(expectation, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_name_with_half_a_character_is_told() => A_name_that_cannot_be_addressed_is_told("a\ud800b", "half a surrogate pair");

    private Experiment<int> Count() => Experiment.Create<int>("count", (_, _) => _ran++);

    private async Task<InvalidExperimentException> Refused<T>(Experiment<T> experiment, RunOptions? options = null)
    {
        InvalidExperimentException fault =
            await Assert.ThrowsAsync<InvalidExperimentException>(() => experiment.RunAsync(options ?? _store.Options));
        Assert.False(Directory.Exists(_store.Path), "a store was made for an experiment that cannot run");
        return fault;
    }

    public sealed record Setting(double Rate = 0.1, int Size = 1);

    public sealed record Inputs(FileRef Data, int Size);

    public sealed record Four(int A, int B, int C, int D = 0);
}
