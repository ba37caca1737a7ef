using System.Text;

namespace Assay.Cli.Tests;

[Trait("Category", "Quick")]
public sealed class DoctorTests
{
    [Fact]
    public void A_sound_store_is_healthy()
    {
        using StoreFixture store = SampleStore.Make();
        Approved.Matches("healthy", $"{store.Run("doctor")}");
    }

    [Fact]
    public void Every_kind_of_damage_is_told_with_its_place()
    {
        using StoreFixture store = SampleStore.Make();
        Ruin(store);
        string before = store.Snapshot();
        Approved.Matches("damaged", $"{store.Run("doctor")}");
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public void Damage_is_told_as_json()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Raw("{\"kind\":\n").End(1).Raw("{\"schema_ver");
        Approved.Matches("damaged-json", $"{store.Run("doctor", "--json")}");
    }

    [Fact]
    public void A_line_without_its_first_field_is_damaged_and_the_field_is_named()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session().Begin(1).End(1);
        string text = File.ReadAllText(journal.Path);
        int last = text.LastIndexOf("\"schema_version\"", StringComparison.Ordinal);
        File.WriteAllText(journal.Path, text[..(last + 1)] + "#" + text[(last + 2)..]);
        ToolResult result = store.Run("doctor");
        Assert.Equal(1, result.Exit);
        Assert.Contains("problem: damaged_line in STORE/runs/a.jsonl, line 3", result.Out, StringComparison.Ordinal);
        Assert.Contains("expected the field 'schema_version'", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_last_line_is_harmless()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1).Raw("{\"schema_version\":1,\"assay_ver");
        ToolResult result = store.Run("doctor");
        Assert.Equal(0, result.Exit);
        Assert.Contains("note: torn_line in STORE/runs/a.jsonl, line 4, byte", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("healthy: no problems, 1 note\n", result.Out);
    }

    [Fact]
    public void What_is_named_like_a_journal_and_is_no_file_is_passed_over_and_told()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1);
        Directory.CreateDirectory(store.File("annotations"));
        string[] special = [store.File("runs", "endless.jsonl"), store.File("runs", "pipe.jsonl"), store.File("annotations", "pipe.jsonl")];
        File.CreateSymbolicLink(special[0], "/dev/zero");
        foreach (string pipe in special[1..]) System.Diagnostics.Process.Start("mkfifo", pipe).WaitForExit();
        ToolResult result = store.Run("doctor");
        Assert.Equal(1, result.Exit);
        foreach ((string kind, string path) in ((string, string)[])[("unreadable_file", special[0]), ("unreadable_file", special[2])])
            Assert.Contains($"problem: {kind} in {path.Replace(store.Path, "STORE", StringComparison.Ordinal)}", result.Out);
        Assert.Contains("is a pipe, a socket or a device; expected a file or folder of the store's own.", result.Out);
        Assert.Contains("is a link to '/dev/zero'; expected a file or folder of the store's own.", result.Out);
        Assert.All((string[][])[["ls"], ["show", "latest"], ["gc", "--dry-run"]], c => Assert.Equal(0, store.Run(c).Exit));
    }

    [Fact]
    public void Runs_that_another_journal_has_to_their_end_are_not_told_to_run_again()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Begin(2).Begin(3).Begin(4);
        store.Journal("b").At(60).Session().Begin(1).End(1, "failed").Begin(
            2, attempt: 2).End(2, attempt: 2).Begin(3, attempt: 2).End(3, "failed", attempt: 2);
        ToolResult result = store.Run("doctor");

        Assert.Equal(0, result.Exit);
        Assert.Contains("note: interrupted_runs in STORE/runs/a.jsonl", result.Out, StringComparison.Ordinal);
        Assert.Contains($"1 run started and never ended: {StoreFixture.Id(4)}", result.Out, StringComparison.Ordinal);
        Assert.All([1, 2, 3], run => Assert.DoesNotContain(StoreFixture.Id(run), result.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"format\":\"one\"}")]
    public void A_damaged_store_description_is_a_problem_and_the_rest_is_checked(string text)
    {
        using StoreFixture store = SampleStore.Make();
        File.WriteAllText(store.File("store.json"), text);
        ToolResult result = store.Run("doctor");
        Assert.Equal(1, result.Exit);
        Assert.Contains("problem: store_description in STORE/store.json", result.Out, StringComparison.Ordinal);
        Assert.Contains("checked 3 journals", result.Out, StringComparison.Ordinal);
        Assert.Equal(3, store.Run("ls").Exit);
    }

    [Fact]
    public void A_store_without_its_description_is_still_checked()
    {
        using StoreFixture store = SampleStore.Make();
        File.Delete(store.File("store.json"));
        Assert.Equal(1, store.Run("doctor").Exit);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("success")]
    public void An_interrupted_run_is_told_until_a_later_attempt_of_it_has_ended(string status)
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1, "failed").Begin(1, attempt: 2);
        Assert.Contains("interrupted_runs", store.Run("doctor").Out, StringComparison.Ordinal);
        store.Journal("b").At(60).Session().Begin(1, attempt: 3).End(1, status, attempt: 3);
        Assert.DoesNotContain("interrupted_runs", store.Run("doctor").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Leftovers_of_killed_programs_are_notes()
    {
        using var store = new StoreFixture();
        foreach (string file in (string[])[
            "store.json.12-3.tmp", "artifacts/incoming/box-1-2", "runs/run.jsonl.importing", "locks/20260102-iris-1.lock",
            "locks/plan-0123.lock"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store.File(file))!);
            File.WriteAllText(store.File(file), "");
        }

        ToolResult result = store.Run("doctor");
        Assert.Equal(0, result.Exit);
        Assert.EndsWith("healthy: no problems, 4 notes\n", result.Out);
        Assert.DoesNotContain("plan-0123", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_a_directory_artifact_are_checked()
    {
        using var store = new StoreFixture();
        string manifest = $$"""
            {"files":[{"path":"a.txt","size":1,"sha256":"{{store.Blob("a")}}"},{"path":"b.txt","size":1,
            "sha256":"{{StoreFixture.Hash("b")}}"}]}
            """.OneLine();
        store.Blob(manifest);
        store.Journal("a").Session().Begin(1).Artifact(1, "folder", manifest, size: 2, kind: "directory").End(1);
        ToolResult result = store.Run("doctor");
        Assert.Equal(1, result.Exit);
        Assert.Contains(
            $"'folder' refers to the artifact {StoreFixture.Hash("b")}, which is not in the store", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("damaged: 1 problem\n", result.Out);
    }

    [Fact]
    public void A_ruined_journal_is_reported_in_bounded_space()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Raw(string.Concat(Enumerable.Repeat("ruin\n", 5000)));
        ToolResult result = store.Run("doctor", "--json");
        Assert.Contains("\"problems\": 5000", result.Out, StringComparison.Ordinal);
        Assert.Contains("\"damaged_line\": 4900", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_longer_than_any_block_keep_their_places()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session().Begin(1).Line(
            1, "log", $$"""{"level":"note","message":"{{new string('x', 1_000_000)}}"}""").End(1);
        long at = new FileInfo(journal.Path).Length;
        journal.Raw("ruin\n");
        Assert.Contains($"line 5, byte {at}\n", store.Run("doctor").Out, StringComparison.Ordinal);
    }

    private static void Ruin(StoreFixture store)
    {
        File.WriteAllText(store.BlobPath(SampleStore.Model), "weights: 1 2 4");
        store.Blob("nobody's");
        File.WriteAllText(store.File("artifacts", StoreFixture.Hash(SampleStore.Model)[..2], "notes.txt"), "");
        store.Blob("long");
        store.Journal("20260105-000000-iris-0004").At(9000).Session()
            .Raw([0, 0, 0, 0, (byte)'\n'])
            .Raw("\n")
            .Begin(6).End(7)
            .Raw("{\"schema_version\":1,\"run_id\":\"12\",\"kind\":\"run_end\"}\n")
            .Raw(Encoding.Latin1.GetBytes("{\"schema_version\":1,\"name\":\"caf\u00e9\"}\n"))
            .Line(6, "series", """{"name":"loss","steps":[0,1],"values":[1.5],"time_ms":[0,1]}""")
            .Line(6, "log", """{"levle":"note","message":"x"}""")
            .Artifact(6, "gone", "gone").Artifact(6, "long", "long", size: 5);
    }
}
