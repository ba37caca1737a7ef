using System.Runtime.Versioning;
using System.Text.Json;
using Assay.Git;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Code;

[UnsupportedOSPlatform("windows")]
public sealed class DiffTests : IDisposable
{
    private readonly CodeStore _store = new();

    private TestRepository Repository => _store.Repository;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_patch_between_two_runs_is_that_of_git_uncommitted_changes_included()
    {
        (CodeState before, CodeState after) = TwoRuns();
        ToolResult result = Same(() => _store.Run("diff", CodeStore.Id(1), CodeStore.Id(2)));
        string[] halves = result.Out.Split("\n\n", 2);
        Assert.Equal(Repository.Git("-c", "core.quotePath=false", "diff", "-M", before.Commit, after.Commit) + "\n", halves[1]);
        Assert.Equal(
            $"""
            from          run {CodeStore.Id(1)}, commit {before.Commit}
            to            run {CodeStore.Id(2)}, commit {after.Commit}
            differs       6 files: 3 lines added, 3 removed
            """.ReplaceLineEndings("\n"), halves[0]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    [Fact]
    public void The_patch_applies()
    {
        TwoRuns();
        string patch = Repository.Beside("x.patch"), there = Repository.Beside("there");
        File.WriteAllText(patch, _store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--", "src", "data.csv").Out);
        Repository.Git("worktree", "add", "-q", "--detach", there, "HEAD");
        TestRepository.GitIn(there, "apply", patch);
        Assert.Equal(File.ReadAllText(Repository.File("src/model.py")), File.ReadAllText(Path.Combine(there, "src/model.py")));
    }

    [Fact]
    public void Files_are_listed_with_what_became_of_them()
    {
        TwoRuns();
        Assert.Equal("status    file\nremoved   data.csv\nadded     model.bin\nadded     new/ü 'x\".txt\nadded     run.sh\n"
                + "renamed   long.txt -> src/long.txt\nmodified  src/model.py\n",
            _store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--names").Out.Split("\n\n", 2)[1]);
    }

    [Fact]
    public void Files_are_listed_with_their_lines()
    {
        TwoRuns();
        string[] lines = _store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--stat").Out.Split("\n\n", 2)[1].Split('\n');
        Assert.Equal(
            ["file", "added", "removed"], lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains(
            lines,
            l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is ["src/model.py", "1", "1"]);
        Assert.Contains(
            lines,
            l =>
                l.Split(
                    "  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is ["model.bin", "no text", "no text"]);
    }

    [Fact]
    public void The_JSON_answer_has_files_with_status_and_lines()
    {
        TwoRuns();
        using JsonDocument answer = JsonDocument.Parse(_store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--json").Out);
        Assert.Equal(
            [
                "data.csv removed 0 2", "model.bin added null null", "new/ü 'x\".txt added 1 0", "run.sh added 1 0",
                "src/long.txt renamed 0 0", "src/model.py modified 1 1"],
            answer.RootElement.GetProperty("files").EnumerateArray().Select(
                f => $"{f.GetProperty("path").GetString()} {f.GetProperty("status").GetString()} {Text(f, "added")} {Text(f, "removed")}"));
        Assert.Equal("long.txt", answer.RootElement.GetProperty("files")[4].GetProperty("old_path").GetString());
        Assert.False(answer.RootElement.GetProperty("patch_truncated").GetBoolean());
    }

    [Fact]
    public void A_patch_that_is_cut_ends_with_a_whole_line_and_says_so()
    {
        TwoRuns();
        using JsonDocument whole = JsonDocument.Parse(_store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--json").Out);
        using JsonDocument cut = JsonDocument.Parse(_store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--limit", "100", "--json").Out);
        string all = whole.RootElement.GetProperty("patch").GetString()!, part = cut.RootElement.GetProperty("patch").GetString()!;
        Assert.StartsWith(part, all, StringComparison.Ordinal);
        Assert.EndsWith("\n", part, StringComparison.Ordinal);
        Assert.InRange(part.Length, 1, 100);
        Assert.True(cut.RootElement.GetProperty("patch_truncated").GetBoolean());
        Assert.Equal(whole.RootElement.GetProperty("patch_bytes").GetInt64(), cut.RootElement.GetProperty("patch_bytes").GetInt64());
    }

    [Fact]
    public void The_working_tree_is_compared_with_everything_uncommitted_and_nothing_is_left_in_the_repository()
    {
        CodeState before = _store.Record();
        Repository.Write("src/model.py", "print(2)\n");
        Repository.Write("new.txt", "new\n");
        Repository.Write("run.log", "ignored\n");
        string objects = Repository.Git("count-objects", "-v");
        string patch = Same(() => _store.Run("diff", "latest")).Out.Split("\n\n", 2)[1];
        Assert.Equal(objects, Repository.Git("count-objects", "-v"));
        CodeState now = Repository.State(store: _store.Path);
        Assert.Equal(Repository.Git("diff", before.Commit, now.Commit) + "\n", patch);
        Assert.Contains("+new", patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_files_that_no_commit_has_are_named_with_their_sizes_and_shown_on_request()
    {
        Repository.Write("large.py", Lines(2000));
        Repository.Git("add", "large.py");
        Repository.Git("commit", "-q", "-m", "A large file of the code");
        Repository.Write("old.csv", Lines(3000, "prev"));
        _store.Record();
        Repository.Write("large.py", Lines(2001));
        Repository.Write("results.csv", Lines(4000));
        Repository.Write("small.csv", Lines(3));
        File.Delete(Repository.File("old.csv"));
        _store.Record();
        foreach (string[] sides in (string[][])[[CodeStore.Id(1), CodeStore.Id(2)], [CodeStore.Id(1)]])
        {
            string shown = _store.Run(["diff", .. sides]).Out, full = _store.Run(["diff", .. sides, "--full"]).Out;
            Assert.Contains(
                "large files that no commit has; --full shows their contents\n  file         size\n  old.csv      28.9 kB\n"
                    + "  results.csv  38.9 kB\n", shown, StringComparison.Ordinal);
            Assert.All((string[])["+line 2000\n", "b/small.csv"], part => Assert.Contains(part, shown, StringComparison.Ordinal));
            Assert.DoesNotContain("prev 2999", shown, StringComparison.Ordinal);
            Assert.All((string[])["-prev 2999\n", "+line 3999\n"], part => Assert.Contains(part, full, StringComparison.Ordinal));
            Assert.DoesNotContain("large files", full, StringComparison.Ordinal);
        }

        using JsonDocument answer = JsonDocument.Parse(_store.Run("diff", CodeStore.Id(1), CodeStore.Id(2), "--json").Out);
        Assert.Equal(
            ["large.py", "old.csv 28890", "results.csv 38890", "small.csv"],
            answer.RootElement.GetProperty("files").EnumerateArray().Select(
                f => $"{f.GetProperty("path").GetString()} {f.GetProperty("omitted_bytes")}".Trim()));
    }

    private static string Lines(int count, string word = "line") =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{word} {i}\n"));

    [Fact]
    public void What_is_written_for_it_is_removed_also_when_git_fails()
    {
        Repository.Write("new.txt", "new\n");
        string folder = Directory.CreateDirectory(Repository.Beside("temporary")).FullName;
        GitRepository repository = GitRepository.Find(Repository.Root, out _)!;
        using (var tree = TemporaryTree.Make(repository, _store.Path, SnapshotOptions.Shared, folder))
        {
            Assert.Equal("new", tree.Git.Ask("show", tree.Tree + ":new.txt"));
            Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Repository.Write("no-index", "garbage");
        Assert.Throws<GitException>(
            () => TemporaryTree.Make(repository with { Index = Repository.File("no-index") }, _store.Path, SnapshotOptions.Shared, folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Where_nothing_can_be_written_in_passing_that_is_told()
    {
        _store.Record();
        string file = Repository.Beside("no-folder"), tool = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");
        File.WriteAllText(file, "");
        (int exit, string output, string error) = RealProcess.Run(
            Repository.Root, new Dictionary<string, string?> { ["TMPDIR"] = file }, "dotnet", tool, "diff", "latest", "--store",
            _store.Path);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("assay: the code cannot be compared: ", error);
        Assert.EndsWith($"the folder for temporary files '{file}/' writable.\n", error);
    }

    [Fact]
    public void An_untracked_file_that_the_run_had_too_is_no_difference()
    {
        Repository.Write("new.txt", "new\n");
        _store.Record();
        Assert.Contains("differs       nothing\n", _store.Run("diff", "latest").Out, StringComparison.Ordinal);
        Repository.Commit("now it is committed");
        Assert.Contains("differs       nothing\n", _store.Run("diff", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_the_same_code_differ_in_nothing()
    {
        Repository.Write("new.txt", "new\n");
        _store.Record();
        _store.Record(SnapshotOptions.Shared);
        Assert.Contains("differs       nothing\n", _store.Run("diff", "latest~1", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_relative_to_the_folder_one_stands_in_as_in_git()
    {
        TwoRuns();
        string[] files(params string[] arguments) =>
            [.. JsonDocument.Parse(_store.RunIn(Repository.File("src"), ["diff", "latest~1", "latest", "--json", "--", .. arguments]).Out)
            .RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()!)];
        Assert.Equal(["src/model.py"], files("model.py"));
        Assert.Equal(["data.csv"], files("../data.csv"));
        Assert.Equal(["src/long.txt", "src/model.py"], files("."));
        Assert.Equal(["model.bin", "src/model.py"], files(":(top,glob)**/model.*"));
    }

    [Fact]
    public void A_path_that_is_on_neither_side_is_told_and_not_taken_for_the_same()
    {
        TwoRuns();
        ToolResult result = _store.Run("diff", "latest~1", "latest", "--", "src", "scr/model.py");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Equal(
            $"assay: 'scr/model.py' is in the code of neither side; expected a file or folder, relative to '{Repository.Root}', or a "
                + $"pattern as git takes it.\n",
            result.Error);
    }

    [Fact]
    public void Settings_of_the_user_for_git_change_nothing()
    {
        TwoRuns();
        string before = _store.Run("diff", "latest~1", "latest").Out;
        foreach ((string key, string value) in ((string, string)[])[
            ("diff.noprefix", "true"), ("diff.renames", "false"), ("color.ui", "always"), ("diff.external", "false"), ("diff.context", "0"),
            ("core.pager", "false"), ("diff.wordRegex", ".")])
            Repository.Git("config", key, value);
        Assert.Equal(before, _store.Run("diff", "latest~1", "latest").Out);
    }

    [Fact]
    public void What_snapshots_leave_out_is_told_of_both_sides()
    {
        Repository.Write(".env", "TOKEN=1\n");
        Repository.Write("weights.bin", new string('w', 2000));
        _store.Record(SnapshotOptions.Shared with { MaxFileSize = 1000 });
        Repository.Write("data.csv", "changed\n");
        ToolResult result = _store.Run("diff", "latest");
        Assert.Contains(
            $"note          the snapshot of run {CodeStore.Id(1)[..8]} leaves out 2 uncommitted files: .env (likely a secret (its "
                + $"name matches .env)), weights.bin (larger than 1000 bytes)\n",
            result.Out, StringComparison.Ordinal);
        Assert.Contains(
            "note          left out of the working tree, as of any snapshot: 1 uncommitted file: .env (likely a secret (its name matches "
                + ".env))\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("TOKEN", result.Out, StringComparison.Ordinal);
        using JsonDocument answer = JsonDocument.Parse(_store.Run("diff", "latest", "--json").Out);
        Assert.Equal(
            [".env", "weights.bin"],
            answer.RootElement.GetProperty("from").GetProperty("left_out").EnumerateArray().Select(l => l.GetProperty("path").GetString()));
        Assert.False(answer.RootElement.GetProperty("from").GetProperty("exact").GetBoolean());
    }

    [Fact]
    public void Changes_that_no_snapshot_keeps_are_told()
    {
        Repository.Write("data.csv", "changed\n");
        _store.Record(SnapshotOptions.None);
        Repository.Commit("more");
        _store.Record();
        Assert.Contains(
            $"note          run {CodeStore.Id(1)[..8]} had uncommitted changes that were not kept: its commit is only what they were "
                + $"made on\n",
            _store.Run("diff", "latest~1", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_code_is_named_with_the_reason()
    {
        _store.Record();
        _store.Record("null,\"git_fault\":\"fatal: not a git repository\"");
        ToolResult result = _store.Run("diff", "latest~1", "latest");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Equal($"assay: run {CodeStore.Id(2)} has no code recorded: fatal: not a git repository. It ran in '{Repository.Root}'. " +
            $"Expected a program that runs within a git repository, with Snapshot not Off; what is known of its code tells 'assay why "
                + $"{CodeStore.Id(2)[..8]}'.\n", result.Error);
    }

    [Fact]
    public void A_commit_that_is_not_here_is_named_with_what_to_do()
    {
        _store.Record();
        _store.Record("""
            {"commit":"1111111111111111111111111111111111111111","branch":"main","dirty":false,"head":"x","changes":0,
            "remote":"https://example.org/x.git"}
            """.OneLine());
        ToolResult result = _store.Run("diff", "latest~1", "latest");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.StartsWith(
            $"assay: the code of run {CodeStore.Id(2)} is commit 1111111111111111111111111111111111111111, which is not in the "
                + $"repository '{Repository.Root}'. It ran in '{Repository.Root}', in a clone of https://example.org/x.git. ",
            result.Error);
        Assert.Contains("git fetch", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_repository_that_is_told()
    {
        using var store = new StoreFixture();
        store.Journal("1").Session().Begin(1).End(1);
        using var folder = new TempFolder();
        ToolResult result = Tool.Run(TimeProvider.System, null, ["diff", "latest", "--store", store.Path], folder: folder.Path);
        Assert.Equal(2, result.Exit);
        Assert.StartsWith($"assay: there is no git repository around '{folder.Path}', nor around the store '{store.Path}'", result.Error);
    }

    [Fact]
    public void From_elsewhere_the_repository_around_the_store_is_taken()
    {
        TwoRuns();
        using var other = new TestRepository();
        Assert.Equal(_store.Run("diff", "latest~1", "latest").Out, _store.RunIn(other.Root, "diff", "latest~1", "latest").Out);
        Assert.Equal(_store.Run("diff", "latest").Out, _store.RunIn(other.Root, "diff", "latest").Out);
    }

    [Fact]
    public void In_a_linked_working_tree_that_tree_is_compared()
    {
        _store.Record();
        string linked = Repository.Beside("linked");
        Repository.Git("worktree", "add", "-q", "-b", "side", linked);
        File.WriteAllText(Path.Combine(linked, "data.csv"), "linked\n");
        string before = _store.Untouchables(linked);
        Assert.Contains("+linked\n", _store.RunIn(linked, "diff", "latest").Out, StringComparison.Ordinal);
        Assert.Equal(before, _store.Untouchables(linked));
        Assert.Contains("differs       nothing\n", _store.Run("diff", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_submodule_is_a_difference()
    {
        using var library = new TestRepository();
        Repository.Git("submodule", "add", "-q", library.Root, "lib");
        Repository.Commit("with a submodule");
        _store.Record();
        string moved = library.Commit("further");
        TestRepository.GitIn(Repository.File("lib"), "pull", "-q");
        Assert.Contains($"+Subproject commit {moved}\n", _store.Run("diff", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_colours_and_what_is_redirected_does_not()
    {
        TwoRuns();
        Repository.Write("src/model.py", "print('\u001b[31m')\n");
        _store.Record();
        // Escapes of a file must not steer the terminal.
        Assert.DoesNotContain("\u001b[31m')", _store.RunOnTerminal("diff", "latest~1", "latest").Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _store.Run("diff", "latest~2", "latest~1").Out);
    }

    private (CodeState Before, CodeState After) TwoRuns()
    {
        Repository.Write("long.txt", string.Concat(Enumerable.Range(0, 50).Select(i => $"line {i}\n")));
        Repository.Commit("second");
        CodeState before = _store.Record();
        Repository.Git("mv", "long.txt", "src/long.txt");
        Repository.Write("src/model.py", "print(2)\n");
        Repository.Write("new/ü 'x\".txt", "new\n");
        Repository.Write("run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(Repository.File("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllBytes(Repository.File("model.bin"), [0, 1, 2, 0, 255]);
        File.Delete(Repository.File("data.csv"));
        return (before, _store.Record(SnapshotOptions.Shared));
    }

    private ToolResult Same(Func<ToolResult> run)
    {
        string before = _store.Untouchables();
        ToolResult result = run();
        Assert.Equal(before, _store.Untouchables());
        return result;
    }

    private static string Text(JsonElement file, string name) =>
        file.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : "null";
}
