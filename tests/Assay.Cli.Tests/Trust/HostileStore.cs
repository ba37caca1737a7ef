using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Trust;

/// <summary>
/// A cloned project of a stranger with a store in it, and beside it what the stranger wants: a folder of the user's own files, and a file
/// that exists only when something of the stranger's was executed.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostileStore : IDisposable
{
    /// <summary>Names that some part of a store has too, so that whoever tidies up through a link would take them for its own.</summary>
    private static readonly string[] Names =
    [
        "Cargo.lock", "yarn.lock", "plan-0123.json", "notes.tmp", "thesis.docx", "state.json", "0-1.arrow", "draft.importing", "store.json",
        ".gitignore", "global.json", "Directory.Build.props", "ab/letter.txt", "abcdefgh.jsonl",
    ];

    private static readonly Lazy<TestRepository> Original = new(MakeOriginal);
    private static readonly Lazy<string> FirstCommit = new(() => Original.Value.Git("rev-parse", "HEAD"));

    private readonly TempFolder _folder = new();
    private readonly string _treasures;

    private HostileStore()
    {
        foreach (string name in Names)
        {
            string file = _folder.File("home", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine\n");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-30));
        }

        // Copied, because git takes longer to make one than most commands take to run.
        foreach (string file in Directory.EnumerateFiles(Original.Value.Root, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Project, Path.GetRelativePath(Original.Value.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (string folder in (string[])["refs/tags", "objects/pack"]) Directory.CreateDirectory(Path.Combine(Project, ".git", folder));
        Commit = FirstCommit.Value;
        Directory.CreateDirectory(In("runs"));
        File.WriteAllText(In("store.json"), "{\"format\":1,\"created_by\":\"assay 0.1.0\",\"created_at\":\"2026-01-02T03:04:05+00:00\"}\n");
        _treasures = Treasures();
    }

    /// <summary>The working tree, and where the user stands.</summary>
    public string Project => _folder.File("project");

    public string Store => _folder.File("project", ".assay");

    /// <summary>The user's own files.</summary>
    public string Home => _folder.File("home");

    /// <summary>There when something was executed.</summary>
    public string Marker => _folder.File("executed");

    /// <summary>The only commit of the project.</summary>
    public string Commit { get; }

    /// <summary>The stores of all findings: a name, and what the stranger does to a store.</summary>
    public static IReadOnlyDictionary<string, Action<HostileStore>> All { get; } = new Dictionary<string, Action<HostileStore>>
    {
        ["hooks in the working tree"] = store => store.AddRuns().AddHooks(),
        ["a store that is a bare repository"] = store => store.AddRuns(commit: new string('1', 40)).MakeBareRepository(),
        ["build properties in a journal"] = store => store.AddRuns(program: store.Program),
        ["a link to artifacts being written"] = store => store.AddRuns().Link("artifacts/incoming", store.Home),
        ["a link to artifacts"] = store => store.AddRuns().Link("artifacts", store.Home),
        ["a link to locks"] = store => store.AddRuns().Link("locks", store.Home),
        ["a link to the index"] = store => store.AddRuns().Link("index", store.Home),
        ["a link within the index"] = store => store.AddRuns().Link("index/runs", store.Home),
        ["a link to annotations"] = store => store.AddRuns().Link("annotations", store.Home),
        ["a link to the description"] = store => store.AddRuns().Link("store.json", store.Home + "/store.json"),
        ["a link to journals"] = store =>
        {
            Directory.Delete(store.In("runs"), recursive: true);
            store.Link("runs", store.Home);
        },
        ["links beside the store"] = store =>
        {
            store.AddRuns().LinkAt(Path.Combine(store.Project, ".assay-checkouts"), store.Home);
        },
        ["an artifact that is a link"] = store =>
        {
            string hash = StoreFixture.Hash("other");
            store.AddRuns(more: j => j.Line(1, "artifact", $$"""{"name":"x","kind":"text","format":"txt","size":5,"sha256":"{{hash}}"}"""))
                .Link($"artifacts/{hash[..2]}/{hash[2..]}", store.Home + "/thesis.docx");
        },
        ["pipes"] = store =>
        {
            store.AddRuns();
            foreach (
                string name in (string[])["index/runs/state.json", "locks/a.json", "locks/a.lock", "runs/b.jsonl", "annotations/c.jsonl"])
                store.Pipe(name);
        },
        ["a description that is a pipe"] = store =>
        {
            File.Delete(store.AddRuns().In("store.json"));
            store.Pipe("store.json");
        },
        ["endless files"] = store =>
        {
            store.AddRuns();
            foreach (string name in (string[])["index/runs/state.json", "locks/a.json", "runs/b.jsonl", "annotations/c.jsonl"])
                store.Link(name, "/dev/zero");
        },
        ["numbers out of range"] = store => store.AddRuns(more: j => j
            .Begin(5, attempt: int.MaxValue)
            .End(5, "failed", attempt: int.MaxValue, error: """{"kind":"exception","type":"X","message":"m","stack":null}""")
            .Line(6, "run_start", """
                {"index":-9223372036854775808,"attempt":-1,"version":"1","params":{"lr":1e999},"seed":{"base":1e30}}
                """.OneLine())
            .Line(6, "series", """{"name":"loss","steps":[1],"values":[1,2],"time":[]}""")
            .Line(6, "run_end", """{"status":"success","attempt":-1,"duration_ms":1e300,"metrics":{"accuracy":1e999}}"""))
            .Annotate(
                """
                {"schema_version":1,"run_id":"RUN","experiment_name":"iris","kind":"annotation",
                "value":{"removed":[{"journal":"a.jsonl","attempt":1}]},"created_at":"9999-12-31T23:59:59.9999999+00:00"}
                """.OneLine()),
        ["escapes"] = store => store.AddRuns(
            parameters: "{\"lr\":0.1,\"hidden\":8,\"prompt\":\"\\u001b]0;owned\\u0007\\u001b[2J\\u202e\\r\\n\"}"),
    };

    public static TheoryData<string> Kinds => [.. All.Keys];

    public static HostileStore Make(string name)
    {
        var store = new HostileStore();
        All[name](store);
        return store;
    }

    public string In(string name) => Path.Combine([Store, .. name.Split('/')]);

    /// <summary>Calls the tool as the user does who stands in the project; a call that hangs fails the test.</summary>
    public ToolResult Run(params string[] arguments)
    {
        Task<ToolResult> call = Task.Run(() => Tool.Run(
            TimeProvider.System, _folder.File("cache"), Tool.WithStore(Store, arguments), folder: Project, confirm: null));
        Assert.True(call.Wait(RealProcess.Patience), $"'{string.Join(' ', arguments)}' hangs.");
        return call.Result;
    }

    /// <summary>Fails when the user's files are not as they were, or something was executed.</summary>
    public void AssertUnharmed(string after)
    {
        Assert.Equal(_treasures, Treasures());
        Assert.False(File.Exists(Marker), $"{after} executed what the store says.");
    }

    public void Dispose() => _folder.Dispose();

    private static TestRepository MakeOriginal()
    {
        var original = new TestRepository(commit: false);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => original.Dispose();
        original.Write("train.py", "print(1)\n");
        original.Commit("first");
        return original;
    }

    private string Treasures() =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(Home, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Directory.Exists(f) ? f : $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"));

    private string Program => $$"""
        {"assembly":"train","file":"{{Project}}/train.py","configuration":"Debug;PreBuildEvent=touch {{Marker}}"}
        """;

    private HostileStore AddRuns(
        string? commit = null, string program = "null", string parameters = """{"lr":0.1,"hidden":8}""",
        Action<JournalFixture>? more = null)
    {
        var journal = new JournalFixture(In("runs/a.jsonl"), "iris", "1");
        string process = $$"""{"pid":7,"cwd":"{{Project}}","argv":["train.dll"],"program":{{program}} }""";
        journal.Session(commit: commit ?? Commit, process: process);
        for (int run = 1; run <= 3; run++)
        {
            journal.Begin(run, parameters, replicate: run, commit: commit ?? Commit)
                .Line(run, "series", """{"name":"loss","steps":[1,2],"values":[0.5,0.25],"time":[1,2]}""")
                .End(run, metrics: $$"""{"accuracy":0.9{{run}}}""");
        }

        more?.Invoke(journal);
        return this;
    }

    private HostileStore Annotate(string line)
    {
        string of = line.Replace("RUN", StoreFixture.Id(1), StringComparison.Ordinal) + "\n";
        Write("annotations/a.jsonl", Encoding.UTF8.GetBytes(of));
        return this;
    }

    private void AddHooks()
    {
        foreach (string folder in (string[])[".no-hooks", "NUL", ".git-hooks", "hooks"])
        {
            foreach (string hook in (string[])["post-checkout", "post-index-change", "reference-transaction", "pre-commit", "post-commit"])
            {
                string file = Path.Combine(Project, folder, hook);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, $"#!/bin/sh\ntouch '{Marker}'\n");
                File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
            }
        }

        File.AppendAllText(Path.Combine(Project, "train.py"), "print(2)\n");
    }

    private void MakeBareRepository()
    {
        Write("HEAD", "ref: refs/heads/main\n"u8.ToArray());
        Write("objects/.keep", []);
        Write("refs/.keep", []);
        File.WriteAllText(In("config"), $"""
            [core]
                repositoryformatversion = 1
                bare = false
                worktree = .
                fsmonitor = "touch '{Marker}'; false"
            [extensions]
                partialClone = origin
            [remote "origin"]
                url = /tmp
                promisor = true
                uploadpack = "touch '{Marker}'; false"

            """);
    }

    private HostileStore Link(string name, string target)
    {
        LinkAt(In(name), target);
        return this;
    }

    private void LinkAt(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path)) File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }

    private void Pipe(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        using Process pipe = Process.Start("mkfifo", In(name));
        pipe.WaitForExit();
    }

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllBytes(In(name), content);
    }
}
