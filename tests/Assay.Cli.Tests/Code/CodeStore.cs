using System.Globalization;
using System.Text;
using Assay.Git;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Code;

/// <summary>
/// A real repository with a store in it, to which lone runs are recorded with the code state of the moment, as programs record it.
/// </summary>
internal sealed class CodeStore : IDisposable
{
    private readonly string? _store;
    private int _runs;

    /// <param name="commit">Whether the repository has a first commit.</param>
    /// <param name="outside">Whether the store lies beside the repository.</param>
    public CodeStore(bool commit = true, bool outside = false)
    {
        Repository = new TestRepository(commit);
        _store = outside ? Repository.Beside("store") : null;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "runs"));
        File.WriteAllText(System.IO.Path.Combine(Path, ".gitignore"), "*\n");
        File.WriteAllText(
            System.IO.Path.Combine(Path, "store.json"),
            "{\"format\":1,\"created_by\":\"assay 0.1.0\",\"created_at\":\"2026-01-02T03:04:05+00:00\"}\n");
    }

    public TestRepository Repository { get; }

    public string Path => _store ?? Repository.File(".assay");

    /// <summary>The folder of checkouts beside the store.</summary>
    public string Checkouts => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, ".assay-checkouts");

    public static string Id(int number) => StoreFixture.Id(number);

    /// <summary>Where a run's code goes unless another folder is named.</summary>
    public string Checkout(int run) => System.IO.Path.Combine(Checkouts, Id(run)[..12]);

    /// <summary>Records a run that starts now.</summary>
    /// <returns>Its code state.</returns>
    public CodeState Record(SnapshotOptions? options = null, string? folder = null)
    {
        CodeState state = Repository.State(options ?? SnapshotOptions.Branch, folder, Path, Id(++_runs));
        var git = new JsonBuffer();
        state.WriteFull(git);
        Write(_runs, git.ToString(), folder ?? Repository.Root);
        return state;
    }

    /// <summary>Records a run with whatever is said of its code.</summary>
    public void Record(string git) => Write(++_runs, git, Repository.Root);

    /// <summary>Records a run of a program of which this is known.</summary>
    /// <param name="program">What it was, as JSON.</param>
    /// <param name="folder">Where it was started.</param>
    /// <param name="arguments">Its command line, as JSON.</param>
    public RunRecord RecordProgram(string program, string? folder = null, string arguments = """["/x/training.dll"]""")
    {
        CodeState state = Repository.State(SnapshotOptions.Shared, folder, Path, Id(++_runs));
        var git = new JsonBuffer();
        state.WriteFull(git);
        Write(_runs, git.ToString(), folder ?? Repository.Root, program, arguments);
        return Store.Open(Path).LoadAll()[^1];
    }

    public ToolResult Run(params string[] arguments) => RunIn(Repository.Root, arguments);

    public ToolResult RunIn(string folder, params string[] arguments) =>
        Tool.Run(TimeProvider.System, null, Tool.Answered(Path, arguments), folder: folder);

    public ToolResult RunOnTerminal(params string[] arguments) =>
        Tool.Run(TimeProvider.System, null, Tool.Answered(Path, arguments), terminal: true, folder: Repository.Root);

    /// <summary>What no command may change: HEAD, index, stash, reflogs and files, without the folder of checkouts.</summary>
    public string Untouchables(string? root = null) =>
        string.Join(
            '\n',
            Repository.Untouchables(root).Split('\n').Where(
                l =>
                    !l.StartsWith(".assay-checkouts/", StringComparison.Ordinal)
                        && !l.StartsWith(".assay/index/", StringComparison.Ordinal)));

    public IReadOnlyDictionary<string, string> Files(string? root = null) =>
        TestRepository.Files(
            root ?? Repository.Root).Where(f => !f.Key.StartsWith(".assay", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    public void Dispose() => Repository.Dispose();

    private void Write(int run, string git, string folder, string program = "null", string arguments = """["/x/training.dll"]""")
    {
        string time = StoreFixture.Start.AddMinutes(run).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        void Line(string kind, string value) => text.Append(
            $$"""
                {"schema_version":1,"assay_version":"0.1.0","run_id":"{{Id(run)}}","experiment_name":"training","kind":"{{kind}}",
                "value":{{value}},"created_at":"{{time}}","elapsed_ms":0}
                """.OneLine()).Append('\n');
        Line("run_start", $$"""
            {"attempt":1,"git":{{git}},"host":{"hostname":"box"},"process":{"pid":7,"cwd":{{JsonText.Of(folder)}},"argv":{{arguments}},
            "program":{{program}} },"runtime":{"framework":".NET 10.0.1"} }
            """.OneLine());
        Line("run_end", """{"status":"success","attempt":1,"duration_ms":5.0,"metrics":{"accuracy":0.5}}""");
        File.WriteAllText(System.IO.Path.Combine(Path, "runs", Id(run) + ".jsonl"), text.ToString());
    }
}
