using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Code;

/// <summary>Real programs in a real repository, run and made again.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReplayTests : IDisposable
{
    private const string Lone = """
        using Assay;
        using Run run = Run.Start("lone", metadata: new { args },
            options: new() { Store = Environment.GetEnvironmentVariable("LONE_STORE") });
        for (int step = 0; step < 3; step++) run.Track(new { step, loss = FACTOR / (step + 1), odd = double.NaN });
        run.Metric("outside", double.Parse(File.ReadAllText(args[0]), System.Globalization.CultureInfo.InvariantCulture));
        run.Metric("ticks", Environment.TickCount64);
        run.Artifact("weights", $"factor {FACTOR}");
        run.Data("shape", new[] { 1, 2, 3 });
        if (args.Length < 3) run.Artifact("report", $"made by process {Environment.ProcessId}");
        """;

    // The second experiment needs the results of the first; it records to the store by its full name, in worker processes, and the program
    // goes on afterwards.
    private const string Sweep = """
        using Assay;
        RunOptions options = new() { Store = args[0], Progress = ProgressMode.None };
        Results first = await Experiment
            .Create("first", "1", (int n, RunContext run) => { Console.WriteLine($"first {n}"); run.Metric("n", n); })
            .Over(Space.Values(1, 2, 3)).RunAsync(options);
        Results all = await Experiment
            .Create("second", "1", (int n, RunContext run) =>
            {
                Console.WriteLine($"second {n}");
                double x = n * run.Seeds.Random("x").NextDouble();
                for (int step = 0; step < 4; step++) run.Metric("curve", x / (step + 1), step);
                run.Metric("x", x);
                if (n == 3) throw new InvalidOperationException("three is too many");
            })
            .Over(Space.Values([.. first.Select(f => (int)(long)f.Metrics["n"]!)]))
            .Repeat(2, seed: 7)
            .RunAsync(options with { Output = "out.csv", Executor = new WorkerProcesses(), StopWhenFirstFail = null });
        Console.WriteLine($"after {all.Count}");
        """;

    private const string Commanded = """
        using Assay;
        Results all = await Experiment
            .Create<Point>("commanded", "1", (p, run) => run.Metric("x", p.A * run.Seeds.Random("x").NextDouble()))
            .Over(Space.Of<Point>().Grid(p => p.A, 1.0, 2.0))
            .RunAsync(args, new() { Progress = ProgressMode.None });
        Console.WriteLine($"after {all.Count}");
        record Point(double A, int B = 1);
        """;

    private readonly TestRepository _repository = new(commit: false);

    public ReplayTests()
    {
        // Programs take the library that is tested, as it stands beside the tests.
        _repository.Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <PublishAot>false</PublishAot>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="Assay" HintPath="{Path.Combine(AppContext.BaseDirectory, "Assay.dll")}" />
                <Reference Include="Assay.Store" HintPath="{Path.Combine(AppContext.BaseDirectory, "Assay.Store.dll")}" />
                <Reference Include="Assay.Code" HintPath="{Path.Combine(AppContext.BaseDirectory, "Assay.Code.dll")}" />
              </ItemGroup>
            </Project>
            """);
        _repository.Write(".gitignore", "bin/\nobj/\nout.csv\n");
        _repository.Write("programs/lone.cs", Lone.Replace("FACTOR", "1.0", StringComparison.Ordinal));
        _repository.Write("programs/commanded.cs", Commanded);
        _repository.Write("app/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        _repository.Write("app/Program.cs", Sweep);
        _repository.Commit("first");
        File.WriteAllText(Noise, "0.5");
    }

    private string Store => _repository.File("programs/.assay");

    private string Noise => _repository.Beside("noise.txt");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_program_in_one_file_is_made_again_from_the_code_it_had_whatever_became_of_it()
    {
        _repository.Write("programs/lone.cs", Lone.Replace("FACTOR", "0.25", StringComparison.Ordinal));
        Start("run", "lone.cs", Noise);
        _repository.Write("programs/lone.cs", "this is no program any more");
        string before = Untouchables(), stored = Stored();
        ToolResult result = Run("replay", "latest", "--except", "ticks");
        Assert.Equal(("", 0), (result.Error, result.Exit));
        Assert.EndsWith("\nIt agrees exactly.\n", result.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\ntracked.odd      NaN     NaN                     all 3, step 2\n".Replace(" ", "", StringComparison.Ordinal),
            result.Out.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((before, stored), (Untouchables(), Stored()));
        // What files hold is told, and does not count.
        Assert.Contains(
            "\n1 of 3 artifacts does not have the same content. That does not count: files may hold times, paths and the like.\n",
            result.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\n2 artifacts have the same content.\n", Run("replay", "latest", "--except", "ticks,artifacts.report").Out,
            StringComparison.Ordinal);

        // What ran may have met another world: it is said what differs, and how much.
        File.WriteAllText(Noise, "0.5000001");
        using JsonDocument answer = Json(1, "replay", "latest", "--except", "ticks");
        JsonElement value = answer.RootElement.GetProperty("values").EnumerateArray().Single(v => !v.GetProperty("agrees").GetBoolean());
        Assert.Equal(
            ("metrics", "outside", 0.5, 0.5000001),
            (value.GetProperty(
                "part").GetString(), value.GetProperty(
                    "name").GetString(), value.GetProperty("then").GetDouble(), value.GetProperty("now").GetDouble()));
        Assert.Equal(
            [("weights", true), ("shape", true), ("report", false)],
            answer.RootElement.GetProperty("artifacts").EnumerateArray().Select(
                a => (a.GetProperty("name").GetString(), a.GetProperty("agrees").GetBoolean())));
        Assert.Equal(1, answer.RootElement.GetProperty("artifacts_differing").GetInt32());
        Assert.Equal(
            (false, 1), (answer.RootElement.GetProperty("agrees").GetBoolean(), answer.RootElement.GetProperty("differing").GetInt32()));
        Assert.EndsWith(
            "\nIt agrees within 1E-06.\n", Run("replay", "latest", "--except", "metrics.ticks", "--tolerance", "1e-6").Out,
            StringComparison.Ordinal);
        Assert.Contains(
            "'nonsense' is not to be compared, but neither the run nor its replay has it; they have run.status, metrics.outside, "
                + "metrics.ticks, tracked.step, tracked.loss, tracked.odd, artifacts.weights, artifacts.shape, "
                + "artifacts.report. Correct the name.",
            Run("replay", "latest", "--except", "ticks,nonsense").Error, StringComparison.Ordinal);
        result = Run("replay", "latest", "--except", "ticks");
        Assert.Equal(1, result.Exit);
        Assert.Contains("It does not agree: 1 of 5 values differs.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_sweep_only_the_one_run_is_made_again_with_its_params_and_seed()
    {
        Start("run", "--project", "../app", "--", Store);
        string before = Untouchables(), stored = Stored();
        foreach ((string condition, string status) in ((string, string)[])[
            ("n = 2 and replicate = 1", "success"), ("n = 3 and replicate = 0", "failed")])
        {
            using JsonDocument list = Json(0, "ls", "second", "--where", condition);
            string id = list.RootElement.GetProperty("runs")[0].GetProperty("run_id").GetString()!;
            using JsonDocument answer = Json(0, "replay", id);
            JsonElement report = answer.RootElement;
            Assert.Equal(
                (true, true, id),
                (report.GetProperty("agrees").GetBoolean(), report.GetProperty("same_id").GetBoolean(), report.GetProperty(
                    "replay_run_id").GetString()));
            Assert.Equal(
                status == "failed" ? ["error", "status", "x", "curve"] : ["status", "x", "curve"],
                report.GetProperty("values").EnumerateArray().Select(
                    v =>
                        v.GetProperty("name").GetString()!).OrderBy(n =>
                            n is "curve" ? 2 : n is "x" ? 1 : 0).ThenBy(n => n, StringComparer.Ordinal));
            Assert.Equal(status, report.GetProperty("values")[0].GetProperty("now").GetString());
            Assert.Equal(
                [$"second {condition[4]}"],
                File.ReadAllLines(
                    report.GetProperty("output").GetString()!).Where(l => !l.StartsWith("assay: ", StringComparison.Ordinal)));
            Assert.Equal(id, Assert.Single(Assay.Store.Open(report.GetProperty("replay_store").GetString()).LoadAll()).Id);
        }

        Assert.Equal((before, stored), (Untouchables(), Stored()));
    }

    [Fact]
    public void A_run_that_the_command_line_of_its_program_made_is_made_again()
    {
        Start(
            "run", "commanded.cs", "--", "--set", "A=3,5.5", "--set", "B=7,8", "--only", "A=5.5", "--seeds", "2", "--store", ".assay",
            "--head", "4", "--executor", "processes", "--resume", "missing", "--", "of its own");
        using JsonDocument list = Json(0, "ls", "commanded", "--where", "A = 5.5 and B = 8 and replicate = 1");
        string id = Assert.Single(list.RootElement.GetProperty("runs").EnumerateArray()).GetProperty("run_id").GetString()!;

        using JsonDocument answer = Json(0, "replay", id);

        Assert.Equal(
            (true, true, id),
            (answer.RootElement.GetProperty("agrees").GetBoolean(), answer.RootElement.GetProperty("same_id").GetBoolean(),
                answer.RootElement.GetProperty("replay_run_id").GetString()));
        string replayed = answer.RootElement.GetProperty("replay_store").GetString()!;
        Assert.Equal(id, Assert.Single(Assay.Store.Open(replayed).LoadAll()).Id);
    }

    [Fact]
    public void Another_build_of_the_same_code_is_told_and_the_values_are_compared_all_the_same()
    {
        Start("run", "--project", "../app", "--configuration", "Release", "--", Store);
        using JsonDocument list = Json(0, "ls", "second", "--where", "n = 1");
        string id = list.RootElement.GetProperty("runs")[0].GetProperty("run_id").GetString()!;
        using JsonDocument same = Json(0, "replay", id);
        Assert.True(same.RootElement.GetProperty("same_id").GetBoolean());
        Assert.Contains("Release", same.RootElement.GetProperty("command").EnumerateArray().Select(a => a.GetString()));

        ToolResult other = Run("replay", id, "--", "dotnet", "run", "--project", "../app", "--", "nowhere");
        Assert.Equal(("", 0), (other.Error, other.Exit));
        Assert.Contains(
            "note          the code that ran now has another fingerprint than recorded, from the same source: the one was built as "
                + "Release, the other as Debug\n", other.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nIt agrees exactly.\n", other.Out, StringComparison.Ordinal);

        // The same question of two recorded runs.
        Start("run", "--project", "../app", "--", Store);
        string why = Run("why", id).Out;
        Assert.Contains("Git says that both are of the same source, commit ", why, StringComparison.Ordinal);
        Assert.Contains(
            "so the build made the difference: the one was built as Release, the other as Debug.", why, StringComparison.Ordinal);
        Assert.Contains("configuration", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_of_the_code_is_made_again_with_the_command_that_is_named()
    {
        _repository.Write("../elsewhere/other.cs", Lone.Replace("FACTOR", "1.0", StringComparison.Ordinal));
        File.Copy(_repository.File("Directory.Build.props"), _repository.Beside("elsewhere/Directory.Build.props"));
        Start("run", "--file", _repository.Beside("elsewhere/other.cs"), Noise);
        ToolResult refused = Run("replay", "latest");
        Assert.Equal((2, ""), (refused.Exit, refused.Out));
        Assert.Contains(
            $"its program '{_repository.Beside("elsewhere/other.cs")}' is not part of the code.", refused.Error, StringComparison.Ordinal);
        Assert.Contains(" -- dotnet run samples/x.cs\n", refused.Error, StringComparison.Ordinal);
        ToolResult result = Run("replay", "latest", "--except", "ticks", "--", "dotnet", "run", "lone.cs", Noise);
        Assert.Equal(("", 0), (result.Error, result.Exit));

        // Other arguments are other metadata: told, and no reason not to compare.
        result = Run("replay", "latest", "--except", "ticks", "--", "dotnet", "run", "lone.cs", Noise, "more");
        Assert.Contains(
            "note          the only run 'lone' that its program started has other params or metadata\n", result.Out,
            StringComparison.Ordinal);

        result = Run("replay", "latest", "--", "dotnet", "--version");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains("the program ended with exit code 0 and did not come to run ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            $"at last:\n  {Environment.Version.Major}", result.Error[..(result.Error.LastIndexOf("\n  ", StringComparison.Ordinal) + 5)],
            StringComparison.Ordinal);

        string checkout = Path.Combine(_repository.File("programs/.assay-checkouts"), Assay.Store.Open(Store).LoadAll()[0].Id[..12]);
        File.AppendAllText(Path.Combine(checkout, "programs", "lone.cs"), "\n");
        Assert.Contains(
            $"the checkout '{checkout}' is no longer the code of run",
            Run("replay", "latest", "--", "dotnet", "run", "lone.cs", Noise).Error, StringComparison.Ordinal);
    }

    // As a person would: in the folder of the programs.
    private void Start(params string[] arguments)
    {
        (int exit, string output, string error) = RealProcess.Run(
            _repository.File("programs"),
            new Dictionary<string, string?>
            {
                ["ASSAY_DIR"] = null,
                ["MSBuildSDKsPath"] = null,
                ["MSBUILD_EXE_PATH"] = null,
                ["MSBuildExtensionsPath"] = null,
                ["MSBuildLoadMicrosoftTargetsReadOnly"] = null
            }, "dotnet", arguments);
        Assert.True(exit == 0, output + error);
    }

    private ToolResult Run(params string[] arguments) =>
        Tool.Run(TimeProvider.System, null, Tool.Answered(Store, arguments), folder: _repository.Root);

    private JsonDocument Json(int exit, params string[] arguments)
    {
        ToolResult result = Run([.. arguments, "--json"]);
        Assert.Equal(("", exit), (result.Error, result.Exit));
        return JsonDocument.Parse(result.Out);
    }

    private string Stored() =>
        string.Join(
            '\n',
            Directory.EnumerateFiles(Path.Combine(Store, "runs")).Order(StringComparer.Ordinal).Select(
                f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"));

    private string Untouchables() => string.Join('\n', _repository.Untouchables().Split('\n')
        .Where(
            l =>
                !l.StartsWith("programs/.assay", StringComparison.Ordinal) && !l.StartsWith("app/obj/", StringComparison.Ordinal)
                    && !l.StartsWith("app/bin/", StringComparison.Ordinal)));
}
