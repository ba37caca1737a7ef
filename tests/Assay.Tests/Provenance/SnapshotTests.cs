using System.Runtime.Versioning;

namespace Assay.Tests.Provenance;

/// <summary>Every situation a working tree can be in when a run starts: what was there can be restored, and nothing of it is touched.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SnapshotTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_clean_tree_is_its_commit()
    {
        CodeState state = Untouched();
        Assert.Equal((_repository.Git("rev-parse", "HEAD"), "main", false), (state.Commit, state.Branch, state.Dirty));
        Assert.Null(state.Snapshot);
    }

    [Fact]
    public void Edits_deletions_new_files_modes_and_links_are_restored_byte_by_byte_and_ignored_files_are_not_kept()
    {
        _repository.Write("src/model.py", "print(2)\r\n\0binary");
        _repository.Write("new/deep/überraschung 'x\".txt", "new\n");
        _repository.Write("run.log", "ignored");
        _repository.Write("build/out.bin", "ignored");
        File.Delete(_repository.File("data.csv"));
        _repository.Write("tool.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(_repository.File("tool.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_repository.File("dangling"), "nowhere/at-all");
        CodeState state = Captured(ignored: ["run.log", "build/out.bin"]);
        Assert.True(state.Dirty);
        Assert.Equal(_repository.Git("rev-parse", "HEAD"), _repository.Git("rev-parse", state.Commit + "^"));
        Assert.StartsWith("refs/assay/", state.Branch, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_staged_although_it_is_ignored_is_kept()
    {
        _repository.Write("keep.log", "forced");
        _repository.Git("add", "--force", "keep.log");
        Assert.Contains("keep.log", _repository.Restored(Captured().Commit).Keys);
    }

    [Fact]
    public void Of_a_staged_file_edited_again_the_edit_is_kept_and_the_staged_content_stays_staged()
    {
        _repository.Write("src/model.py", "staged\n");
        _repository.Git("add", "src/model.py");
        _repository.Write("src/model.py", "edited\n");
        Captured();
        Assert.Equal("staged", _repository.Git("show", ":src/model.py"));
    }

    [Fact]
    public void An_edit_in_the_moment_of_the_commit_with_the_same_length_is_noticed()
    {
        for (int i = 0; i < 20; i++)
        {
            _repository.Write("data.csv", $"x{i:00}\n");
            _repository.Commit($"commit {i}");
            _repository.Write("data.csv", $"y{i:00}\n");
            Captured();
        }
    }

    [Fact]
    public void Before_the_first_commit_all_files_are_kept()
    {
        using var repository = new TestRepository(commit: false);
        repository.Write("a.txt", "a\n");
        repository.Write("b/c.txt", "c\n");
        repository.Git("add", "a.txt");
        CodeState state = repository.State();
        Assert.Equal(("", "main", true), (state.Head, state.HeadBranch, state.Dirty));
        Assert.Equal(TestRepository.Files(repository.Root), repository.Restored(state.Commit));
    }

    [Fact]
    public void Nothing_in_a_repository_without_commits_is_recorded_as_nothing()
    {
        using var repository = new TestRepository(commit: false);
        CodeState state = repository.State();
        Assert.Equal(("", false), (state.Commit, state.Dirty));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_branch_the_commit_is_what_can_be_checked_out(bool dirty)
    {
        _repository.Git("checkout", "-q", "--detach");
        if (dirty) _repository.Write("src/model.py", "print(3)\n");
        CodeState state = Captured();
        Assert.Equal("", state.HeadBranch);
        string folder = _repository.Beside("checkout");
        TestRepository.GitIn(_repository.Root, "worktree", "add", "-q", "--detach", folder, state.Branch);
        Assert.Equal(TestRepository.Files(_repository.Root), TestRepository.Files(folder));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("src/../src")]
    public void From_a_sub_folder_the_whole_tree_is_kept(string folder)
    {
        _repository.Write("data.csv", "changed\n");
        Captured(folder: _repository.File(folder));
    }

    [Theory]
    [InlineData(".assay", false)]
    [InlineData("results/store", true)]
    [InlineData("src/.assay", true)]
    public void The_store_is_never_captured_wherever_it_lies_in_the_tree(string store, bool throughLink)
    {
        string path = _repository.File(store);
        _repository.Write(store + "/runs/a.jsonl", "{}\n");
        _repository.Write(store + "/store.json", "{}\n");
        string given = path;
        if (throughLink) Directory.CreateSymbolicLink(given = _repository.Beside("link"), path);

        CodeState only = Untouched(folder: _repository.File("src"), store: given);
        Assert.False(only.Dirty);
        Assert.Null(only.Snapshot);

        _repository.Git("add", "--force", store);
        _repository.Write("data.csv", "changed\n");
        Captured(folder: _repository.File("src"), store: given, ignored: [store + "/runs/a.jsonl", store + "/store.json"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_to_the_store_is_no_part_of_the_code_wherever_it_leads(bool inside)
    {
        string target = inside ? _repository.File("results/store") : _repository.Beside("far");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "store.json"), "{}\n");
        Directory.CreateSymbolicLink(_repository.File("middle"), target);
        Directory.CreateSymbolicLink(_repository.File(".assay"), "middle");
        CodeState only = Untouched(store: _repository.File(".assay"));
        Assert.False(only.Dirty);
        Assert.Null(only.Snapshot);
        _repository.Git("add", "--force", ".assay");
        _repository.Write("data.csv", "changed\n");
        Captured(store: _repository.File(".assay"), ignored: [".assay", ".assay/store.json", "middle", "middle/store.json", "results/store/store.json"]);
    }

    [Theory]
    [InlineData(".assay/")]
    [InlineData(".assay")]
    [InlineData("*")]
    public void A_store_that_the_repository_ignores_keeps_nobody_from_a_snapshot(string ignored)
    {
        _repository.Write(".gitignore", ignored + "\n");
        _repository.Git("add", "--force", ".gitignore");
        _repository.Git("commit", "-q", "-m", "ignore");
        _repository.Write(".assay/runs/a.jsonl", "{}\n");
        _repository.Write(".assay/store.json", "{}\n");
        _repository.Write("data.csv", "changed\n");
        Captured(store: _repository.File(".assay"), ignored: [".assay/runs/a.jsonl", ".assay/store.json"]);
    }

    [Theory]
    [InlineData("a*b[c]?.pem")]
    [InlineData("[x].pem")]
    [InlineData("*.pem")]
    [InlineData("ä.pem")]
    public void A_secret_that_is_ignored_and_was_staged_by_force_is_left_out_and_nothing_else(string name)
    {
        _repository.Write(".gitignore", "*.pem\n");
        _repository.Commit("ignore");
        _repository.Write(name, "secret\n");
        _repository.Write("x.txt", "kept\n");
        _repository.Git("--literal-pathspecs", "add", "--force", name);
        Captured(ignored: [name]);
    }

    [Fact]
    public void A_store_that_is_the_tree_itself_is_left_out_and_the_code_beside_it_is_not()
    {
        _repository.Write("runs/a.jsonl", "{}\n");
        _repository.Write("store.json", "{}\n");
        Assert.False(Untouched(store: _repository.Root).Dirty);
        _repository.Write("data.csv", "changed\n");
        Captured(store: _repository.Root, ignored: ["runs/a.jsonl", "store.json"]);
    }

    [Fact]
    public void Odd_names_are_names()
    {
        foreach (string name in (string[])["-q", "--all", "a\nb", "a\tb", " a ", ":(top)x", ":!x", "*", "[a-z]", "a\\b", "\"x\"", "ü/ñ'", "#c", "!d", "x.lock", "..."]) _repository.Write(name, $"{name}\n");
        Captured();
        _repository.Commit("odd");
        foreach (string name in (string[])["-q", "a\nb", ":(top)x", "*", "a\\b"]) _repository.Write(name, "edited\n");
        File.Delete(_repository.File("[a-z]"));
        Captured();
    }

    [Fact]
    public void Files_that_became_folders_or_links_and_the_other_way_round_are_kept_as_they_are()
    {
        _repository.Write("folder/a.txt", "a\n");
        _repository.Write("file", "file\n");
        _repository.Write("other", "other\n");
        File.CreateSymbolicLink(_repository.File("link"), "folder");
        _repository.Commit("before");
        Directory.Delete(_repository.File("folder"), recursive: true);
        _repository.Write("folder", "now a file\n");
        File.Delete(_repository.File("file"));
        _repository.Write("file/a.txt", "now in a folder\n");
        File.Delete(_repository.File("other"));
        File.CreateSymbolicLink(_repository.File("other"), "src");
        File.Delete(_repository.File("link"));
        _repository.Write("link/a.txt", "now a folder\n");
        _repository.Write("empty.txt", "");
        Captured();
    }

    [Fact]
    public void A_file_that_is_only_meant_to_be_added_is_kept()
    {
        _repository.Write("new.txt", "new\n");
        _repository.Git("add", "--intent-to-add", "new.txt");
        Captured();
    }

    [Fact]
    public void A_file_that_git_was_told_to_forget_but_is_there_is_kept()
    {
        _repository.Git("rm", "-q", "--cached", "data.csv");
        Captured();
    }

    [Fact]
    public void In_the_middle_of_a_rebase_the_files_are_kept()
    {
        _repository.Diverge("other", "data.csv");
        Assert.NotEqual(0, TestRepository.TryGit(_repository.Root, "rebase", "other").Exit);
        Assert.Equal("", Captured().HeadBranch);
    }

    [Fact]
    public void What_is_ignored_for_one_clone_alone_or_for_one_user_is_not_kept()
    {
        File.AppendAllText(_repository.File(".git/info/exclude"), "mine/\n");
        File.WriteAllText(_repository.Beside("excludes"), "*.swp\n");
        _repository.Git("config", "core.excludesFile", _repository.Beside("excludes"));
        _repository.Write("mine/a.txt", "a\n");
        _repository.Write("b.swp", "b\n");
        _repository.Write("c.txt", "c\n");
        Captured(ignored: ["mine/a.txt", "b.swp"]);
    }

    [Theory]
    [InlineData("--depth=1")]
    [InlineData("--shared")]
    [InlineData("--separate-git-dir")]
    public void Clones_of_every_kind_are_like_any_other(string kind)
    {
        _repository.Commit("second");
        string clone = _repository.Beside("clone");
        _repository.Git("clone", "-q", kind == "--separate-git-dir" ? $"{kind}={_repository.Beside("apart")}" : kind, "file://" + _repository.Root, clone);
        File.WriteAllText(Path.Combine(clone, "data.csv"), "cloned\n");
        string before = _repository.Untouchables(clone);
        CodeState state = _repository.State(folder: clone);
        Assert.Equal(before, _repository.Untouchables(clone));
        Assert.Equal(TestRepository.Files(clone), _repository.Restored(state.Commit, clone));
        Assert.Equal("file://" + _repository.Root, state.Remote);
    }

    [Fact]
    public void A_submodule_that_was_just_added_is_kept_as_a_link()
    {
        using var library = new TestRepository();
        _repository.Git("submodule", "add", "-q", library.Root, "lib");
        CodeState state = Untouched();
        Assert.Contains(library.Git("rev-parse", "HEAD"), _repository.Git("ls-tree", state.Commit, "lib"), StringComparison.Ordinal);
        Assert.Contains("lib", _repository.Git("show", state.Commit + ":.gitmodules"), StringComparison.Ordinal);
        Assert.Empty(state.LeftOut);
    }

    [Fact]
    public void Modes_that_git_was_told_not_to_look_at_stay_as_they_were_committed()
    {
        _repository.Git("config", "core.fileMode", "false");
        File.SetUnixFileMode(_repository.File("data.csv"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.False(Untouched().Dirty);
    }

    [Fact]
    public void Nobody_need_have_told_git_a_name()
    {
        _repository.Git("config", "user.useConfigOnly", "true");
        _repository.Git("config", "--unset", "user.name");
        _repository.Git("config", "--unset", "user.email");
        _repository.Write("data.csv", "changed\n");
        Captured();
    }

    [Fact]
    public void A_tracked_run_has_a_branch_that_git_checks_out()
    {
        _repository.Write("data.csv", "changed\n");
        string before = _repository.Untouchables();
        CodeState state = _repository.State(SnapshotOptions.Branch, name: "abc");
        Assert.Equal(before, _repository.Untouchables());
        Assert.Equal("run/abc", state.Branch);
        IReadOnlyDictionary<string, string> files = TestRepository.Files(_repository.Root);
        _repository.Git("stash", "-q");
        _repository.Git("checkout", "-q", state.Branch);
        Assert.Equal(files, TestRepository.Files(_repository.Root));
    }

    [Fact]
    public void Where_a_branch_called_run_is_in_the_way_the_snapshot_is_kept_under_another_name_and_says_so()
    {
        _repository.Git("branch", "run");
        _repository.Write("data.csv", "changed\n");
        CodeState state = Captured(SnapshotOptions.Branch);
        Assert.StartsWith("refs/assay/", state.Branch, StringComparison.Ordinal);
        Assert.Contains(state.Snapshot!.Remarks, r => r.StartsWith("no branch run/0123 could be made", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_changes_are_one_snapshot()
    {
        _repository.Write("data.csv", "changed\n");
        CodeState first = Captured();
        Assert.Equal(first.Commit, Captured().Commit);
        Assert.Equal(first.Commit, _repository.State(SnapshotOptions.Branch).Commit);
        _repository.Write("data.csv", "changed again\n");
        Assert.NotEqual(first.Commit, Captured().Commit);
    }

    [Fact]
    public async Task Many_starts_at_once_make_one_snapshot()
    {
        _repository.Write("data.csv", "changed\n");
        string before = _repository.Untouchables();
        CodeState[] states = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => _repository.State(i % 2 == 0 ? null : SnapshotOptions.Branch, name: $"r{i}"))));
        Assert.Equal(before, _repository.Untouchables());
        Assert.Single(states.Select(s => s.Commit).Distinct());
        Assert.All(states, s => Assert.Null(s.Fault));
    }

    [Fact]
    public void Untracked_files_are_kept_also_where_git_was_told_not_to_show_them()
    {
        _repository.Git("config", "status.showUntrackedFiles", "no");
        _repository.Write("new.txt", "new\n");
        Captured();
    }

    [Fact]
    public void A_sparse_checkout_keeps_what_is_not_checked_out()
    {
        _repository.Write("far/away.txt", "away\n");
        string head = _repository.Commit("second");
        _repository.Git("sparse-checkout", "set", "--cone", "src");
        Assert.False(File.Exists(_repository.File("far/away.txt")));
        _repository.Write("src/model.py", "sparse\n");
        _repository.Write("new.txt", "new\n");
        string before = _repository.Untouchables();
        CodeState state = _repository.State();
        Assert.Equal(before, _repository.Untouchables());
        Assert.Null(state.Fault);
        Assert.Equal($"A\tnew.txt\nM\tsrc/model.py", _repository.Git("diff", "--name-status", head, state.Commit));
        Assert.Equal("away", _repository.Git("show", state.Commit + ":far/away.txt"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_there_although_a_sparse_checkout_leaves_it_out_is_kept(bool wholeFolders)
    {
        _repository.Write("far/away.txt", "away\n");
        _repository.Write("far/off.txt", "off\n");
        string head = _repository.Commit("second");
        _repository.Git("sparse-checkout", "set", "--cone", wholeFolders ? "--sparse-index" : "--no-sparse-index", "src");
        _repository.Write("far/away.txt", "edited\n");
        _repository.Write("far/new.txt", "new\n");
        _repository.Write("other/new.txt", "new\n");
        CodeState state = Untouched();
        Assert.Equal("M\tfar/away.txt\nA\tfar/new.txt\nA\tother/new.txt", _repository.Git("diff", "--name-status", head, state.Commit));
        _repository.Git("config", "sparse.expectFilesOutsideOfPatterns", "true");
        Assert.Equal(state.Commit, Untouched().Commit);
    }

    [Fact]
    public void A_repository_with_longer_hashes_is_like_any_other()
    {
        using var repository = new TestRepository(commit: false, format: "sha256");
        repository.Write("a.txt", "a\n");
        repository.Commit("first");
        repository.Write("a.txt", "b\n");
        Assert.Equal(64, repository.Captured().Commit.Length);
    }

    [Fact]
    public void In_the_middle_of_a_merge_the_files_are_kept_with_their_marks()
    {
        _repository.Diverge("other", "data.csv");
        Assert.NotEqual(0, TestRepository.TryGit(_repository.Root, "merge", "other").Exit);
        Captured();
        Assert.Contains("<<<<<<<", File.ReadAllText(_repository.File("data.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_working_tree_has_a_snapshot_of_its_own()
    {
        string linked = _repository.Beside("linked");
        _repository.Git("worktree", "add", "-q", "-b", "side", linked);
        File.WriteAllText(Path.Combine(linked, "data.csv"), "linked\n");
        string before = _repository.Untouchables(linked);
        CodeState state = _repository.State(folder: linked);
        Assert.Equal(before, _repository.Untouchables(linked));
        Assert.Equal("side", state.HeadBranch);
        Assert.Equal(TestRepository.Files(linked), _repository.Restored(state.Commit));
    }

    [Fact]
    public void The_commit_of_a_submodule_is_kept_and_its_edits_are_listed_as_left_out()
    {
        using var library = new TestRepository();
        _repository.Git("submodule", "add", "-q", library.Root, "lib");
        _repository.Commit("with a submodule");
        string moved = library.Commit("further");
        TestRepository.GitIn(_repository.File("lib"), "pull", "-q");
        CodeState state = Untouched();
        Assert.True(state.Dirty);
        Assert.Contains(moved, _repository.Git("ls-tree", state.Commit, "lib"), StringComparison.Ordinal);
        Assert.Empty(state.LeftOut);

        _repository.Write("lib/data.csv", "edited\n");
        _repository.Write("data.csv", "edited\n");
        state = Untouched();
        Assert.Contains(moved, _repository.Git("ls-tree", state.Commit, "lib"), StringComparison.Ordinal);
        Assert.Equal("edited", _repository.Git("show", state.Commit + ":data.csv"));
        Assert.Equal("lib", Assert.Single(state.LeftOut).Path);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_repository_within_the_tree_is_listed_as_left_out(bool withCommit)
    {
        _repository.Write("nested/file.txt", "nested\n");
        TestRepository.GitIn(_repository.File("nested"), "init", "-q");
        if (withCommit)
        {
            TestRepository.GitIn(_repository.File("nested"), "add", "--all");
            TestRepository.GitIn(_repository.File("nested"), "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "nested");
        }

        _repository.Write("data.csv", "changed\n");
        CodeState state = Captured(ignored: ["nested/file.txt"]);
        Assert.Equal(("nested", "a repository of its own; git keeps no content of it"), (state.LeftOut[0].Path, state.LeftOut[0].Reason));
    }

    [Fact]
    public void Hooks_and_reflogs_know_nothing_of_it()
    {
        foreach (string hook in (string[])["post-index-change", "reference-transaction", "pre-commit", "post-commit"])
        {
            _repository.Write($".git/hooks/{hook}", $"#!/bin/sh\ntouch {_repository.Beside("hooked")}\n");
            File.SetUnixFileMode(_repository.File($".git/hooks/{hook}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _repository.Write("data.csv", "changed\n");
        Untouched(SnapshotOptions.Branch);
        Assert.False(File.Exists(_repository.Beside("hooked")));
        Assert.False(Directory.Exists(_repository.File(".git/logs/refs/heads/run")));
    }

    [Fact]
    public void No_index_is_left_behind()
    {
        _repository.Write("data.csv", "changed\n");
        string folder = Directory.CreateDirectory(_repository.Beside("temporary")).FullName;
        WorkTreeStatus status = WorkTreeStatus.Read(Repository);
        Assert.NotNull(Snapshot.Make(Repository, status, [], [], null, folder));
        Assert.Throws<GitException>(() => Snapshot.Make(Repository, status with { Head = new string('1', 40) }, [], [], null, folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Pipes_are_passed_over()
    {
        System.Diagnostics.Process.Start("mkfifo", _repository.File("pipe")).WaitForExit();
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.State();
        Assert.Null(state.Fault);
        Assert.Equal("changed", _repository.Git("show", state.Commit + ":data.csv"));
    }

    [Fact]
    public void A_snapshot_that_cannot_be_made_says_why()
    {
        _repository.Write("data.csv", "changed\n");
        // A file where git wants to put the object's folder.
        foreach (string folder in Enumerable.Range(0, 256).Select(i => _repository.File($".git/objects/{i:x2}")).Where(f => !Directory.Exists(f))) File.WriteAllText(folder, "");
        CodeState state = _repository.State();
        Assert.True(state.Dirty);
        Assert.Null(state.Snapshot);
        Assert.Equal(state.Head, state.Commit);
        Assert.Contains("git add", state.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_repository_the_reason_is_told()
    {
        using var folder = new TempFolder();
        (CodeState? state, string? why) = CodeState.Read(folder.Path, folder.Path, SnapshotOptions.Shared, "x");
        Assert.Null(state);
        Assert.Contains("not a git repository", why, StringComparison.Ordinal);
        Assert.NotNull(CodeState.Read(_repository.File(".git"), folder.Path, SnapshotOptions.Shared, "x").Why);
        _repository.Git("clone", "-q", "--bare", _repository.Root, _repository.Beside("bare"));
        Assert.Contains("must be run in a work tree", CodeState.Read(_repository.Beside("bare"), folder.Path, SnapshotOptions.Shared, "x").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_git_the_run_goes_on_and_says_so()
    {
        _repository.Write("data.csv", "changed\n");
        string store = _repository.Beside("store");
        var environment = new Dictionary<string, string> { ["PATH"] = _repository.Beside("nowhere") };
        // The program finds .NET by its place where there is no PATH.
        string root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        environment["DOTNET_ROOT"] = root;
        using TestProgram program = TestProgram.Start(_repository.Root, environment, "track", "dispose", store);
        Assert.Equal(0, program.WaitForEnd());
        RunRecord run = Assert.Single(Store.Open(store).LoadAll());
        Assert.Equal(RunStatus.Success, run.Status);
        Assert.Empty(run.Git);
        Assert.Contains($"\"git_fault\":\"the git program cannot be started in '{_repository.Root}': ", File.ReadLines(run.Journal).First(), StringComparison.Ordinal);
        Assert.Equal("", program.Errors.Trim());
    }

    [Fact]
    public void Code_that_git_does_not_read_because_the_repository_is_somebody_elses_is_warned_about()
    {
        string store = _repository.Beside("store");
        // Git's own way to see every repository as another user's, whoever runs this; the user's and the system's exceptions do not count.
        var environment = new Dictionary<string, string> { ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" };
        using TestProgram program = TestProgram.Start(_repository.Root, environment, "track", "dispose", store);
        Assert.Equal(0, program.WaitForEnd());
        RunRecord run = Assert.Single(Store.Open(store).LoadAll());
        Assert.Equal(RunStatus.Success, run.Status);
        Assert.Empty(run.Git);
        Assert.Contains($"\"git_fault\":\"fatal: detected dubious ownership in repository at '{_repository.Root}'", File.ReadLines(run.Journal).First(), StringComparison.Ordinal);
        Assert.Contains($"assay: the code of the runs is not recorded, because the repository cannot be read: fatal: detected dubious ownership in repository at '{_repository.Root}'", program.Errors, StringComparison.Ordinal);
        Assert.Contains($"git config --global --add safe.directory {_repository.Root}", program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_repositories_nobody_is_warned_but_where_the_link_to_one_is_broken()
    {
        using var folder = new TempFolder();
        Assert.Equal((0, ""), Tracked());
        File.WriteAllText(folder.File(".git"), $"gitdir: {folder.File("gone")}\n");
        (int exit, string errors) = Tracked();
        Assert.Equal(0, exit);
        Assert.Contains($"is not recorded, because the repository cannot be read: fatal: not a git repository: {folder.File("gone")}", errors, StringComparison.Ordinal);

        (int Exit, string Errors) Tracked()
        {
            (int code, _, string said) = TestProgram.Run(folder.Path, "track", "dispose", folder.File("store"));
            return (code, said.Trim());
        }
    }

    [Fact]
    public void Without_asking_for_a_snapshot_only_the_changes_are_listed()
    {
        _repository.Write("data.csv", "changed\n");
        CodeState state = Untouched(SnapshotOptions.None);
        Assert.Null(state.Snapshot);
        Assert.Equal([".M data.csv"], state.Changes);
        Assert.Equal("", _repository.Git("for-each-ref", "refs/assay"));
    }

    [Theory]
    [InlineData("[remote \"origin\"]\n\turl = https://ada:token@example.org/x.git\n", "https://example.org/x.git")]
    [InlineData("[remote \"up\"]\n url=git@example.org:x.git\n[branch \"main\"]\n\turl = no\n[remote \"origin\"]\nurl = \"/a b\"\n", "/a b")]
    [InlineData("[remote \"up\"]\n url = git@example.org:x.git\n", "git@example.org:x.git")]
    [InlineData("[core]\n\tbare = false\n", null)]
    public void The_remote_is_told_without_a_password(string config, string? remote) => Assert.Equal(remote, GitRemote.Read(config.Split('\n')));

    private GitRepository Repository => GitRepository.Find(_repository.Root, out _)!;

    private CodeState Untouched(SnapshotOptions? options = null, string? folder = null, string? store = null) => _repository.Untouched(options, folder, store);

    private CodeState Captured(SnapshotOptions? options = null, string? folder = null, string? store = null, string[]? ignored = null) => _repository.Captured(options, folder, store, ignored);
}
