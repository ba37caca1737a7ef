using System.Diagnostics;
using System.Runtime.Versioning;
using Assay.Cli.Tests.Code;

namespace Assay.Cli.Tests.Trust;

/// <summary>Findings of a review of security that the hostile stores do not show by themselves.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FindingTests
{
    [Fact]
    public void A_store_with_a_link_among_its_folders_is_refused_by_name()
    {
        using HostileStore store = HostileStore.Make("a link to locks");
        ToolResult result = store.Run("ls");
        Assert.Equal(ExitCodes.NoStore, result.Exit);
        Assert.Contains($"locks' is a link to '{store.Home}'; expected a file or folder of the store's own.", result.Error);
        Assert.Throws<StoreException>(() => Run.Start("x", options: new() { Store = store.Store, Snapshot = SnapshotOptions.Off }));
        store.AssertUnharmed("a tracked run");
    }

    [Fact]
    public void A_store_that_is_itself_a_link_is_used()
    {
        using StoreFixture store = SampleStore.Make();
        string link = Path.Combine(store.Root, "link");
        Directory.CreateSymbolicLink(link, store.Path);
        Assert.Equal(0, Tool.Run("ls", "--store", link).Exit);
    }

    [Fact]
    public void A_journal_that_is_a_link_is_passed_over_and_readers_say_so()
    {
        using StoreFixture store = SampleStore.Make();
        File.CreateSymbolicLink(store.File("runs", "z.jsonl"), "/etc/passwd");
        ToolResult result = store.Run("ls");
        Assert.Equal(0, result.Exit);
        Assert.Contains("1 damaged line was skipped", result.Error, StringComparison.Ordinal);
        Assert.Contains("is a link to '/etc/passwd'", store.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_of_a_build_are_not_taken_from_a_record()
    {
        using HostileStore store = HostileStore.Make("build properties in a journal");
        ToolResult result = store.Run("replay", "latest", "--yes");
        Assert.Equal(ExitCodes.BadInput, result.Exit);
        Assert.Contains("its build configuration is 'Debug;PreBuildEvent=touch ", result.Error, StringComparison.Ordinal);
        store.AssertUnharmed("replay");
    }

    [Fact]
    public void A_replay_shows_what_it_would_start_and_asks()
    {
        using var store = new CodeStore();
        store.Repository.Write("x.cs", "Console.WriteLine(1);\n");
        store.Repository.Commit("a program");
        RunRecord run = store.RecordProgram($$"""{"assembly":"x","file":"{{store.Repository.File("x.cs")}}"}""");
        string? asked = null;
        using StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error, TimeProvider.System)
        {
            Folder = store.Repository.Root,
            Confirm = question => (asked = question) is null,
        };
        Assert.Equal(ExitCodes.Negative, AssayTool.Run(["replay", "latest", "--store", store.Path], console));
        Assert.Equal($"Start the program of run {run.Id}?", asked);
        Assert.Contains("command       dotnet run --file ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"recorded in   {run.Journal}", output.ToString(), StringComparison.Ordinal);
        string[] unanswered = ["replay", "latest", "--store", store.Path];
        ToolResult unasked = Tool.Run(TimeProvider.System, null, unanswered, folder: store.Repository.Root);
        Assert.Equal(ExitCodes.BadInput, unasked.Exit);
        Assert.Contains("there is nobody to ask whether to start the program", unasked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_of_an_artifact_is_compared_with_its_hash_before_it_is_given()
    {
        using StoreFixture store = SampleStore.Make();
        RunRecord run = Store.Open(store.Path).LoadAll().First(r => r.Artifacts.Count > 0);
        string name = run.Artifacts[0].Name;
        using (run.OpenArtifact(name)) { }
        string blob = store.File("artifacts", run.Artifacts[0].Sha256![..2], run.Artifacts[0].Sha256![2..]);
        byte[] content = File.ReadAllBytes(blob);
        content[0] ^= 1;
        File.WriteAllBytes(blob, content);
        Assert.Contains("it is damaged", Assert.Throws<StoreException>(() => run.OpenArtifact(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_has_shrunk_below_what_was_indexed_is_remarked_until_the_index_is_deleted()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        for (int run = 0; run < 5000; run++) journal.Begin(run).End(run);
        Assert.Equal("", store.Run("ls", "--limit", "1").Error);
        using (FileStream file = File.Open(journal.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(file.Length / 2);
        for (int i = 0; i < 2; i++)
            Assert.Contains("1 damaged line was skipped", store.Run("ls", "--limit", "1").Error, StringComparison.Ordinal);
        Assert.Contains(
            "lines at its end are missing, and the runs in them",
            Assert.Single(Store.Open(store.Path).LoadAll().Damage).Reason, StringComparison.Ordinal);
        Directory.Delete(store.File("index"), recursive: true);
        Assert.Equal("", store.Run("ls", "--limit", "1").Error);
    }

    [Fact]
    public void An_index_that_came_with_a_copy_does_not_count()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session();
        for (int run = 0; run < 5000; run++) journal.Begin(run).End(run);
        Assert.Equal(5000, Store.Open(store.Path).LoadAll().Count);
        string index = store.File("index", "runs");
        Assert.NotSame(IndexState.Empty, IndexState.Read(index));
        Directory.Move(index, index + "-original");
        Directory.CreateDirectory(index);
        foreach (string file in Directory.GetFiles(index + "-original")) File.Copy(file, Path.Combine(index, Path.GetFileName(file)));
        Assert.Same(IndexState.Empty, IndexState.Read(index));
    }

    [Fact]
    public void A_store_of_another_user_that_was_not_named_is_read_and_not_written()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return;
        using StoreFixture store = SampleStore.Make();
        using (Process chown = Process.Start("chown", ["-R", "12345", store.Path])) chown.WaitForExit();
        var found = new FileStorage(store.Path) { IsNamed = false };
        Assert.True(found.IsReadOnly);
        Assert.NotEmpty(found.ListJournals(JournalArea.Runs));
        foreach (Action write in (Action[])[
            () => found.CreateJournal("x.jsonl"), () => found.WriteJournal(JournalArea.Annotations, "x.jsonl", _ => { }),
            () => found.TryTakeLease("plan-1", LeaseKind.Shared, TimeProvider.System, out _)])
            Assert.Contains("belongs to another user (number 12345; this one is 0)", Assert.Throws<StoreException>(write).Message);
        Assert.False(new FileStorage(store.Path).IsReadOnly);
    }

    [Fact]
    public void A_lease_with_a_sign_of_life_in_the_future_names_the_remedy()
    {
        using StoreFixture store = SampleStore.Make();
        var clock = new StoppedClock(StoreFixture.Start);
        LeaseHolder holder = LeaseHolder.ThisProcess(StoreFixture.Start.AddDays(400)) with { Host = "elsewhere" };
        Directory.CreateDirectory(store.File("locks"));
        File.WriteAllBytes(store.File("locks", "plan-1.json"), holder.ToJson());
        var storage = new FileStorage(store.Path);
        Assert.Null(storage.TryTakeLease("plan-1", LeaseKind.Shared, clock, out LeaseHolder? found));
        Assert.Contains("is 34560000 s in the future: a clock is wrong", found!.Describe(clock), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_too_long_is_damage_in_bounded_memory()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session().Begin(1);
        long before = new FileInfo(journal.Path).Length;
        journal.Raw("{\"run_id\":\"" + new string('x', LineChecksum.LongestLine + 5000) + "\"}\n").End(1).Begin(2).End(2);
        foreach (string[] command in (string[][])[["ls"], ["show", StoreFixture.Id(1)], ["paths"], ["doctor"]])
        {
            ToolResult result = store.Run(command);
            Assert.True(result.Exit is 0 or 1, $"{result}");
            Assert.Contains("damaged", result.Out + result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, Store.Open(store.Path).LoadAll().Count);
        Assert.Contains($"line 3, byte {before}", store.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_line_between_those_of_a_run_is_no_damage()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Raw("\n")
            .Line(1, "series", """{"name":"loss","steps":[1],"values":[0.5],"time_ms":[1]}""").End(1);
        Results results = Store.Open(store.Path).LoadAll();
        Assert.Equal(0.5, Assert.Single(results[0].Series("loss")).Value);
        Assert.Empty(results.Damage);
    }

    [Fact]
    public void A_value_that_is_too_long_for_a_line_is_refused_where_it_is_recorded()
    {
        using var folder = new TempFolder();
        using (Run run = Run.Start("x", options: new() { Store = folder.File("store"), Snapshot = SnapshotOptions.Off }))
        {
            Exception fault = Assert.Throws<AssayException>(() => run.Track(new string('x', LineChecksum.LongestLine)));
            Assert.Contains("Record it as an artifact.", fault.Message, StringComparison.Ordinal);
            run.Track(1);
        }

        Assert.Equal(1, Store.Open(folder.File("store")).LoadAll()[0].Tracked.Single().Value.GetInt32());
    }

    [Fact]
    public void Numbers_of_attempts_and_times_out_of_range_are_damage_and_restoring_works()
    {
        using HostileStore store = HostileStore.Make("numbers out of range");
        Assert.Contains("from 1 to 65535 in 'attempt'", store.Run("doctor").Out, StringComparison.Ordinal);
        ToolResult undo = store.Run("rm", "--undo", StoreFixture.Id(1)[..8]);
        Assert.True(undo.Exit is 0 or 2, $"{undo}");
    }

    [Fact]
    public void What_steers_a_terminal_is_escaped_on_every_surface_and_exact_in_files()
    {
        using HostileStore store = HostileStore.Make("escapes");
        using StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error, TimeProvider.System) { IsTerminal = true, Width = 100, Folder = store.Project };
        foreach (string format in (string[])["tsv", "markdown", "csv"])
            Assert.Equal(0, AssayTool.Run(["export", "iris", "--output", "-", "--format", format, "--store", store.Store], console));
        // Colours of the tool's own are the only escapes.
        Assert.DoesNotContain("\u001b]", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', output.ToString());
        Assert.DoesNotContain('\u202e', store.Run("ls", "--json").Out);
        Assert.Contains("\\u202e", store.Run("ls", "--json").Out, StringComparison.Ordinal);
        Assert.Contains("\u001b]0;owned", store.Run("export", "iris", "--output", "-", "--format", "tsv").Out, StringComparison.Ordinal);
    }
}
