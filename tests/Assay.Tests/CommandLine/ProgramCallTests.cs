namespace Assay.Tests.CommandLine;

[Trait("Category", "Quick")]
public sealed class ProgramCallTests : IDisposable
{
    private static readonly Experiment<Train> Trained = Experiment
        .Create<Train>("train", (p, run) => run.Metric("rate", p.LearningRate))
        .Over(Space.Of<Train>().Grid(p => p.LearningRate, 0.01, 0.1).Grid(p => p.Hidden, 4, 8, 16)
            .Zip(p => p.Model, p => p.Epochs, (Model.Small, 10), (Model.Large, 3)))
        .Repeat(2, seed: 42);

    private readonly TestStore _store = new();

    public enum Model
    {
        Small,
        Large,
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Values_that_are_set_make_the_same_runs_as_an_axis_in_the_program()
    {
        Experiment<Train> written = Trained.Over(Space.Of<Train>().Grid(p => p.LearningRate, 0.5, 1e-3).Grid(p => p.Hidden, 4, 8, 16)
            .Zip(p => p.Model, p => p.Epochs, (Model.Small, 10), (Model.Large, 3)).Grid(p => p.Optimizer.Name, "adam", "a,b"));

        Results set = await Run(Trained, "--set", "learning_rate=0.5,0.001,Optimizer.Name=adam,'a,b'", "--store", _store.File("set"));
        Results code = await written.RunAsync(_store.Options);

        Assert.Equal(48, set.Count);
        Assert.Equal(code.Select(run => run.Id), set.Select(run => run.Id));
    }

    [Fact]
    public async Task Only_the_points_with_a_chosen_value_run_and_they_are_the_same_runs()
    {
        Results all = await Trained.RunAsync(_store.Options);
        string[] wanted = [.. all.Where("Hidden in (4, 16) and Model = 'Large'").Select(run => run.Id)];

        Results some = await Run(Trained, "--only", "Hidden=16,4", "--only=model=large");

        Assert.Equal(8, wanted.Length);
        Assert.Equal(wanted, some.Select(run => run.Id));
        Assert.Equal(Attempts(all), Attempts(await Trained.RunAsync(_store.Options)));
        static string[] Attempts(Results runs) => [.. runs.Select(run => $"{run.Id} {run.Attempts}")];
    }

    [Fact]
    public async Task A_single_value_has_the_name_of_the_parameter_of_the_operation()
    {
        Experiment<int> experiment = Experiment.Create("single", (int samples, RunContext run) => run.Metric("n", samples))
            .Over(Space.Values(Enumerable.Range(1, 9)).Where(n => n % 2 == 1));
        Assert.Equal([3L, 7L], (await Run(experiment, "--only", "samples=7,3,4")).Select(run => run.Params["samples"]));
        Assert.Equal([11L], (await Run(experiment, "--set", "samples=11,12")).Select(run => run.Params["samples"]));
        Assert.Equal(["--only n: the runs have one parameter, samples"], Faults(experiment, "--only", "n=7"));
    }

    [Fact]
    public async Task The_numbers_of_seeds_and_runs_and_the_options_of_the_program_are_heeded()
    {
        Results results = await Run(Trained.Repeat(2, seed: 7), "--seeds", "3", "--head=4", "--parallel", "1");
        Assert.Equal([(7L, 0L), (7L, 1L), (7L, 2L), (7L, 0L)], results.Select(run => (run.Seed!.Base, (long)run.Seed.Replicate)));

        var limited = new WorkerProcesses { MemoryLimit = 1L << 30 };
        Assert.Same(limited, Options(new RunOptions { Executor = limited }, "--executor", "processes").Executor);
        Assert.IsType<WorkerProcesses>(Options(new RunOptions(), "--executor", "Processes").Executor);
        Assert.Equal(Executor.InProcess, Options(new RunOptions { Executor = limited }, "--executor", "in-process").Executor);
        Assert.Equal((-5L, 2), Seeds("--base-seed", "-5"));
        Assert.Equal((5L, 3), Seeds("--seeds", "3", "--base-seed=5"));
        RunOptions delayed = new() { Retries = new RetryPolicy(1) { Delay = TimeSpan.FromSeconds(7) } };
        RunOptions tried = Options(delayed, "--retries", "4", "--timeout", "1.5h", "--accept-earlier-code");
        Assert.Equal(delayed.Retries with { Retries = 4 }, tried.Retries);
        Assert.Equal((TimeSpan.FromMinutes(90), true), (tried.Timeout, tried.AcceptEarlierCode));
        Assert.Equal(delayed, Options(delayed));
        RunOptions options = Options(new RunOptions { Head = 9, Timeout = TimeSpan.FromHours(1) }, "--resume", "failed", "--store", "s");
        Assert.Equal((9L, TimeSpan.FromHours(1), ResumeMode.Failed, "s"), (options.Head, options.Timeout, options.Resume, options.Store));
    }

    [Fact]
    public void Every_fault_of_a_command_line_is_named_with_what_was_expected()
    {
        string[][] lines =
        [
            ["--hed", "5"], ["--nothing"], ["data.csv"], ["Hidden=4"], ["--head"], ["--head", "-1"], ["--head=five"],
            ["--parallel", "0"], ["--seeds=0"], ["--resume", "broken"], ["--executor", "cloud"], ["--dry-run=no"], ["--store="],
            ["--set"], ["--set", "0.1"], ["--set", "=1"], ["--set", "LearningRat=1"], ["--set", "Nothing=1"],
            ["--set", "Hidden=4,8.5,big"], ["--set", "Epochs=3"], ["--set", "Model=Huge"], ["--set", "Optimizer=sgd"],
            ["--set", "Hidden=4,LearningRate="], ["--only", "Hidden=5,LearningRate=0.1"], ["--only", "Optimizer.Nam=x"],
            ["--head", "x", "--seeds", "y", "--set", "Hidden=z"], ["--set", "Layers=1"],
            ["--set", "LearningRate=1e400,-1e400,1e-400,0.1"], ["--only", "LearningRate=1e999"], ["--store", " "],
            ["--only", "Model=Small,Hidden=5"], ["--seed", "5"], ["--base-seed", "5.5"], ["--retries=-1"],
            ["--timeout", "10"], ["--timeout", "0s"], ["--timeout=30d"],
        ];
        Approved.Matches("faults", string.Concat(lines.Select(line =>
            $"> {string.Join(' ', line)}\n{string.Concat(Faults(Trained, line).Select(fault => fault + "\n"))}")));
    }

    [Fact]
    public async Task Zeros_and_named_infinities_are_values_as_others_are() => Assert.Equal(
        [0.0, double.PositiveInfinity, double.NegativeInfinity],
        (await Run(Trained, "--set", "LearningRate=0.00e5,Infinity,-Infinity", "--only", "Hidden=4,Model=Small", "--seeds", "1"))
            .Select(run => run.Params["LearningRate"]));

    [Fact]
    public void Values_that_no_point_has_are_answered_with_those_there_are()
    {
        Experiment<int> many = Experiment.Create("many", (int n, RunContext run) => { }).Over(Space.Values(Enumerable.Range(1, 30)));
        Assert.Equal(
            ["none of the 30 points has n = 99; the values of n are 1, 2, 3, 4, 5, 6, 7, 8 and 22 more"],
            Faults(many, "--only", "n=99"));
    }

    [Fact]
    public void What_stands_behind_two_dashes_is_the_programs_own() =>
        Assert.Equal(3, Options(new RunOptions(), "--head", "3", "--", "--head", "4", "--nothing").Head);

    [Fact]
    public void The_help_has_the_parameters_with_their_values_and_every_option()
    {
        string records = Output(0, Trained.Describe("How the rate changes nothing."), "--help");
        string drawn = Output(0, Trained.Over(Space.Of<Train>(new Train(0.1, 8)).Random(100, seed: 7, d => d
            .LogUniform(p => p.LearningRate, 1e-5, 0.1).Int(p => p.Hidden, 4, 64))), "-h");
        string faulty = Output(0, Trained.Over(Space.Of<Train>().Grid("Hiden", 1)), "--head", "-3", "-?");
        Experiment<int> single = Experiment.Create("single", (int samples, RunContext run) => { })
            .Over(Space.Values(Enumerable.Range(1, 30)).Where(n => n > 2));
        Approved.Matches("help", $"{records}---\n{Upper(drawn)}---\n{Upper(faulty)}---\n{Upper(Output(0, single, "--help"))}");

        static string Upper(string help) => help[..help.IndexOf("\nOptions", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_run_and_what_is_done_and_writes_nothing()
    {
        Experiment<Train> experiment = Counted("1");
        string before = Dry(experiment, "--store", _store.File("none"));
        Assert.False(Directory.Exists(_store.File("none")));
        await experiment.RunAsync(_store.Options with { Head = 5 });
        Experiment<Train> edited = Counted("1").IdentifyCodeBy(CodeIdentity.Operation);
        string[] files = Files();

        string after = Dry(experiment), repeated = Dry(experiment, "--resume", "all", "--head", "6");
        string otherCode = Dry(edited, "--only", "Hidden=4");

        Assert.Equal(files, Files());
        Approved.Matches("dry-run", $"{before}---\n{after}---\n{repeated}---\n{otherCode}");
    }

    [Fact]
    public async Task Runs_that_have_succeeded_are_made_again_only_if_a_person_agrees_or_the_line_does()
    {
        Experiment<Train> experiment = Counted("ask");
        await experiment.RunAsync(_store.Options with { Head = 5 });

        foreach ((string? answer, int? exit) in ((string?, int?)[])[("y", null), ("Yes", null), ("", 1), ("n", 1), (null, 1)])
        {
            (ProgramCall<Train> call, _, string errors) = Read(experiment, _store.Options, answer ?? "", "--resume", "all");
            Assert.Equal((exit, "assay: 4 runs that have succeeded would be made again. Go on? [y/N] "), (call.ExitCode, errors));
        }

        Assert.Equal((null, ""), Asked("n", "--resume", "all", "--yes"));
        Assert.Equal((null, ""), Asked("n", "--resume", "failed"));
        Assert.Equal((null, ""), Asked(null, "--resume", "all"));

        (int?, string) Asked(string? input, params string[] args)
        {
            (ProgramCall<Train> call, _, string errors) = Read(experiment, _store.Options, input, args);
            return (call.ExitCode, errors);
        }
    }

    // The third run fails.
    private static Experiment<Train> Counted(string version) => Experiment.Create<Train>("counted", version, (p, run) =>
    {
        run.Metric("rate", p.LearningRate);
        if (run.Index == 2) throw new InvalidOperationException("not the third");
    }).Over(Space.Of<Train>().Grid(p => p.LearningRate, 0.01, 0.1).Grid(p => p.Hidden, 4, 8, 16)).Repeat(2)
        .IdentifyCodeBy(CodeIdentity.None);

    private string Dry(Experiment<Train> experiment, params string[] args) =>
        Output(0, experiment, ["--dry-run", .. args]).Replace(_store.Around, "FOLDER", StringComparison.Ordinal);

    private string[] Files() =>
        [.. Directory.GetFileSystemEntries(_store.Around, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];

    private async Task<Results> Run<T>(Experiment<T> experiment, params string[] args)
    {
        ProgramCall<T> call = Read(experiment, _store.Options, null, args).Call;
        Assert.Null(call.ExitCode);
        return await call.Experiment.RunAsync(call.Options);
    }

    private static (long Base, int Replicates) Seeds(params string[] args)
    {
        SeedPlan seeds = Read(Trained, new RunOptions(), null, args).Call.Experiment.Seeds;
        return (seeds.Base, seeds.Replicates);
    }

    private static RunOptions Options(RunOptions options, params string[] args) => Read(Trained, options, null, args).Call.Options;

    private static string[] Faults<T>(Experiment<T> experiment, params string[] args)
    {
        (ProgramCall<T> call, string output, string errors) = Read(experiment, new RunOptions(), null, args);
        Assert.Equal((2, ""), (call.ExitCode, output));
        string[] lines = errors.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("assay: --help lists the options, and the parameters with their values.", lines[^1]);
        return [.. lines[..^1].Select(line => line["assay: ".Length..])];
    }

    private string Output<T>(int exit, Experiment<T> experiment, params string[] args)
    {
        (ProgramCall<T> call, string output, string errors) = Read(experiment, _store.Options, null, args);
        Assert.Equal((exit, ""), (call.ExitCode, errors));
        return output.ReplaceLineEndings("\n");
    }

    private static (ProgramCall<T> Call, string Output, string Errors) Read<T>(
        Experiment<T> experiment, RunOptions options, string? input, params string[] args)
    {
        using StringWriter output = new(), errors = new();
        var console = new ProgramConsole(output, errors, input is null ? null : new StringReader(input));
        return (ProgramCall<T>.Read(experiment, args, options, console), output.ToString(), errors.ToString());
    }

    private sealed record Optimizer(string Name = "sgd", double Momentum = 0.9);

    private sealed record Train(
        double LearningRate, int Hidden, Model Model = Model.Small, int Epochs = 10, Optimizer? Optimizer = null, int[]? Layers = null)
    {
        public Optimizer Optimizer { get; init; } = Optimizer ?? new Optimizer();
    }
}
