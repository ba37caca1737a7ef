using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Cli.Tests.Commands;

/// <summary>Commands that write: notes, tags, removals and the freeing of what they held.</summary>
public sealed class KeepingTests
{
    private static readonly DateTimeOffset Now = StoreFixture.Start.AddDays(30);

    [Fact]
    public void What_stays_in_git_is_told_and_goes_when_that_is_asked_for()
    {
        using var store = new Code.CodeStore(outside: true);
        store.Repository.Write("src/model.py", "print(2)\n");
        string branch = $"refs/heads/{store.Record().Branch}";
        Assert.Equal(0, store.Run("rm", "latest", "--yes").Exit);
        ToolResult first = store.Run("gc", "--dry-run");
        Assert.Equal((0, ""), (first.Exit, first.Error));
        Assert.Contains(
            "kept: a snapshot of the code of removed runs stays in git. --snapshots deletes", first.Out, StringComparison.Ordinal);
        Assert.Contains(branch, store.Repository.Git("for-each-ref"), StringComparison.Ordinal);
        Assert.DoesNotContain("kept:", store.Run("gc", "--snapshots", "--yes").Out, StringComparison.Ordinal);
        Assert.DoesNotContain(branch, store.Repository.Git("for-each-ref"), StringComparison.Ordinal);
        Assert.Equal(new ToolResult(0, "nothing to free\n", ""), store.Run("gc"));
    }

    [Fact]
    public void What_people_say_of_runs_is_shown_found_and_undone()
    {
        using StoreFixture store = SampleStore.Make();
        string[][] calls =
        [
            ["note", StoreFixture.Id(1), "the one in the \u001b[31mpaper"], [
                "tag", StoreFixture.Id(1), "+paper",
                "-nothing"], ["tag", StoreFixture.Id(4), "-tuned", "good"], ["tag", StoreFixture.Id(4), "+good"],
            ["ls", "--tag", "paper"], [
                "ls", "--where", "notes ~ 'PAPER'", "--columns",
                "notes,tags"], ["ls", "--where", "tags = tuned"], ["select", "notes"], ["show", StoreFixture.Id(1)],
            ["rm", StoreFixture.Id(5), "--yes"], ["ls", "--columns", "status"], ["experiments"], ["show", StoreFixture.Id(5)], [
                "rm", StoreFixture.Id(5), "--yes"], ["note", StoreFixture.Id(5)[..8], "x"], ["tail", "--once"],
            ["rm", "--undo", "zz"], [
                "rm", "--undo", StoreFixture.Id(5)[..6]], ["ls", "--columns", "status"], ["rm", "--undo", StoreFixture.Id(5)],
        ];
        Approved.Matches(
            "keeping",
            string.Join(
                '\n',
                calls.Select(
                    c => $"$ assay {string.Join(' ', c).Replace("\u001b", "ESC", StringComparison.Ordinal)}\n{store.RunAt(Now, c)}")));
    }

    [Fact]
    public void The_answers_as_json()
    {
        using StoreFixture store = SampleStore.Make();
        string[][] calls =
        [
            ["note", "latest", "seen"], ["tag", "latest", "+a", "+b"], ["rm", "latest", "--yes"], ["gc"], [
                "rm", "--undo", StoreFixture.Id(5)[..8]], ["rm", "latest", "--yes"], ["gc", "--yes"], ["gc", "--yes"],
        ];
        string answers = string.Join(
            '\n', calls.Select(c => $"$ assay {string.Join(' ', c)} --json\n{store.RunAt(Now, [.. c, "--json"])}"));
        Approved.Matches("keeping-json", Regex.Replace(answers, "-[0-9a-f]{16}\\.jsonl", "-CHANCE.jsonl"));
    }

    [Fact]
    public void Runs_are_removed_only_when_somebody_agrees()
    {
        using StoreFixture store = SampleStore.Make();
        string before = store.Snapshot();
        foreach (string[] options in (string[][])[[], ["--json"]])
        {
            ToolResult nobody = store.RunAt(Now, ["rm", "latest", StoreFixture.Id(1), .. options]);
            Assert.Equal((2, ""), (nobody.Exit, nobody.Out));
            Assert.StartsWith(
                "assay: there is nobody to ask whether to remove 2 runs; expected --yes. Nothing was changed. It would be:\n", nobody.Error,
                StringComparison.Ordinal);
            Assert.Contains(StoreFixture.Id(5), nobody.Error, StringComparison.Ordinal);
        }

        var asked = new List<string>();
        ToolResult no = store.RunAsked(question =>
        {
            asked.Add(question);
            return false;
        }, "rm", "latest", StoreFixture.Id(1));
        Assert.Equal((1, "assay: nothing was changed.\n"), (no.Exit, no.Error));
        Assert.Equal(["Remove 2 runs?"], asked);
        Assert.Contains(StoreFixture.Id(5)[..8], no.Out, StringComparison.Ordinal);
        Assert.Equal(before, store.Snapshot());

        Assert.Equal(0, store.RunAsked(_ => true, "rm", "latest", StoreFixture.Id(1)).Exit);
        Assert.DoesNotContain(StoreFixture.Id(1)[..8], store.Run("ls").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_is_freed_only_when_somebody_agrees()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(new ToolResult(0, "nothing to free\n", ""), store.RunAt(Now, "gc"));
        store.RunAt(Now, "rm", StoreFixture.Id(5), "--yes");
        string before = store.Snapshot();
        Approved.Matches("gc", Regex.Replace($"{store.RunAt(Now, "gc")}", "-[0-9a-f]{16}\\.jsonl", "-CHANCE.jsonl"));
        Assert.Equal(
            (1, "assay: nothing was freed.\n"),
            (store.RunAsked(_ => false, "gc") with { Out = "" }) is var no ? (no.Exit, no.Error) : default);
        Assert.Equal(
            "assay: --dry-run and --yes are both given; expected one of them.\n", store.RunAt(Now, "gc", "--dry-run", "--yes").Error);
        Assert.Equal(before, store.Snapshot());

        Assert.Equal(0, store.RunAsked(question => question == "Free 1.7 kB? It cannot be undone.", "gc").Exit);
        Assert.False(File.Exists(store.File("runs", "20260104-000000-pi-0003.jsonl")));
        Assert.Equal(0, store.RunAt(Now, "doctor").Exit);
    }

    [Fact]
    public void Places_in_the_last_list_mean_removed_runs_too()
    {
        using StoreFixture store = SampleStore.Make();
        store.RunAt(Now, "ls");
        Assert.Equal(0, store.RunAt(Now, "rm", "@1", "@3", "--yes").Exit);
        ToolResult gone = store.RunAt(Now, "show", "@1");
        Assert.Equal(2, gone.Exit);
        Assert.Contains(
            $"which the store no longer has. run {StoreFixture.Id(5)} was removed on 2026-02-01 03:04:05 UTC; 'assay rm --undo "
                + $"{StoreFixture.Id(5)}' at a shell restores it.",
            gone.Error, StringComparison.Ordinal);
        Assert.Equal(0, store.RunAt(Now, "rm", "--undo", "@1", "@3").Exit);
        Assert.Equal(0, store.RunAt(Now, "show", "@1").Exit);
    }

    [Fact]
    public void A_store_of_which_everything_is_removed_says_so()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).End(1);
        store.RunAt(Now, "rm", "latest", "--yes");
        Assert.Equal(
            "assay: there is no run 'latest': all runs of the store are removed. Run an experiment first.\n",
            store.RunAt(Now, "show", "latest").Error);
        Assert.Contains("was removed on", store.RunAt(Now, "show", StoreFixture.Id(1)).Error, StringComparison.Ordinal);
        Assert.Equal(1, store.RunAt(Now, "ls").Exit);
    }

    [Theory]
    [InlineData("'+' names no tag; expected +TAG to add one, or -TAG to take one away.", "tag", "latest", "+")]
    [InlineData("the tag 'a' is to be added and taken away; expected one of the two.", "tag", "latest", "a", "-a")]
    [InlineData("the note is ' '; expected a text that is not blank.", "note", "latest", " ")]
    [InlineData("'ffff' names no removed run: none is removed.", "rm", "--undo", "ffff")]
    public void Nonsense_is_refused_and_nothing_is_written(string message, params string[] arguments)
    {
        using StoreFixture store = SampleStore.Make();
        string before = store.Snapshot();
        Assert.Equal(new ToolResult(2, "", $"assay: {message}\n"), store.RunAt(Now, arguments));
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_exit_code_3()
    {
        using StoreFixture store = SampleStore.Make();
        // A file where a folder should be refuses everybody, also those who may write everywhere.
        File.WriteAllText(store.File("annotations"), "");
        foreach (string[] command in (string[][])[["note", "latest", "x"], ["tag", "latest", "+x"], ["rm", "latest", "--yes"]])
        {
            ToolResult result = store.RunAt(Now, command);
            Assert.Equal((3, ""), (result.Exit, result.Out));
            Assert.Contains("cannot write 'STORE/annotations/", result.Error, StringComparison.Ordinal);
            Assert.EndsWith("Nothing was changed.\n", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tags_that_look_like_options_are_tags()
    {
        using StoreFixture store = SampleStore.Make();
        string[] tags = ["hard", "help", "y", "o"];
        store.RunAt(Now, ["tag", "latest", .. tags]);
        JsonElement answer = JsonDocument.Parse(
            store.RunAt(Now, ["tag", "latest", "--json", .. tags.Select(t => "-" + t)]).Out).RootElement;
        Assert.Equal(tags, answer.GetProperty("removed").EnumerateArray().Select(t => t.GetString()));
        store.RunAt(Now, "tag", "latest", "h");
        // Two dashes end the options.
        Assert.Contains("has no tags", Tool.Run("tag", "latest", "--store", store.Path, "--", "-h").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_tells_damaged_annotations_by_file_and_line_and_misses_nothing_that_was_freed()
    {
        using StoreFixture store = SampleStore.Make();
        store.RunAt(Now, "note", StoreFixture.Id(1), "x");
        store.RunAt(Now, "rm", StoreFixture.Id(1), StoreFixture.Id(3), "--yes");
        Assert.DoesNotContain("interrupted_runs", store.RunAt(Now, "doctor").Out, StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(store.BlobPath(SampleStore.Model), StoreFixture.Start.UtcDateTime);
        Assert.Equal(0, store.RunAt(Now, "gc", "--yes").Exit);
        Assert.False(File.Exists(store.BlobPath(SampleStore.Model)));
        Assert.Equal(0, store.RunAt(Now, "doctor").Exit);
        Assert.Contains("freed on", store.RunAt(Now, "rm", "--undo", StoreFixture.Id(1)).Error, StringComparison.Ordinal);

        string file = store.File("annotations", "20260101-000000-x.jsonl");
        File.WriteAllText(file, "\nruin\n{\"schema_version\":1,\"torn");
        JsonElement answer = JsonDocument.Parse(store.RunAt(Now, "doctor", "--json").Out).RootElement;
        Assert.Equal(
            [("damaged_line", 2L), ("torn_line", 3L)],
            answer.GetProperty("findings").EnumerateArray().Where(
                f =>
                    f.GetProperty("file").GetString() == "STORE/annotations/20260101-000000-x.jsonl").Select(f =>
                        (f.GetProperty("kind").GetString()!, f.GetProperty("line").GetInt64())));
        Assert.Contains("1 damaged line was skipped", store.RunAt(Now, "ls").Error, StringComparison.Ordinal);
    }
}
