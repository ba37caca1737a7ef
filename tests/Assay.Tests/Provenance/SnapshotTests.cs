using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>What a working tree holds when a run starts can be restored, and nothing of it is touched.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SnapshotTests : IDisposable
{
    private static readonly Dictionary<string, Action<TestRepository>> Situations = new()
    {
        ["a file staged although it is ignored"] = r =>
        {
            r.Write("keep.log", "forced");
            r.Git("add", "--force", "keep.log");
        },
        ["a staged file that was edited again"] = r =>
        {
            r.Write("src/model.py", "staged\n");
            r.Git("add", "src/model.py");
            r.Write("src/model.py", "edited\n");
        },
        ["a staged file that was deleted"] = r =>
        {
            r.Write("new.txt", "new\n");
            r.Git("add", "new.txt");
            File.Delete(r.File("new.txt"));
        },
        ["a staged file that git is told to pass over"] = r =>
        {
            r.Write("src/model.py", "staged\n");
            r.Git("add", "src/model.py");
            r.Git("update-index", "--skip-worktree", "src/model.py");
        },
        ["a file that was removed from the index and is there"] = r => r.Git("rm", "-q", "--cached", "data.csv"),
        ["a file that is only intended to be added"] = r =>
        {
            r.Write("new.txt", "new\n");
            r.Git("add", "--intent-to-add", "new.txt");
        },
        ["an unresolved merge"] = r =>
        {
            r.Diverge("other", "data.csv");
            Assert.NotEqual(0, TestRepository.TryGit(r.Root, "merge", "other").Exit);
            Assert.Contains("<<<<<<<", File.ReadAllText(r.File("data.csv")), StringComparison.Ordinal);
        },
        ["an unresolved merge with a file that one side deleted"] = r =>
        {
            r.Diverge("other", "src/model.py");
            File.Delete(r.File("src/model.py"));
            r.Commit("deleted");
            Assert.NotEqual(0, TestRepository.TryGit(r.Root, "merge", "other").Exit);
            File.Delete(r.File("src/model.py"));
        },
        ["files and folders that took each other's place"] = r =>
        {
            foreach (string path in (string[])["folder/a.txt", "file", "other", "under/a.txt", "elsewhere/a.txt"]) r.Write(path, "a\n");
            File.CreateSymbolicLink(r.File("link"), "folder");
            r.Commit("before");
            foreach (string path in (string[])["folder", "under"]) Directory.Delete(r.File(path), recursive: true);
            foreach (string path in (string[])["file", "other", "link"]) File.Delete(r.File(path));
            r.Write("folder", "now a file\n");
            r.Write("file/a.txt", "now in a folder\n");
            r.Write("link/a.txt", "now in a folder\n");
            File.CreateSymbolicLink(r.File("other"), "src");
            File.CreateSymbolicLink(r.File("under"), "elsewhere");
        },
        ["untracked files that git does not show"] = r =>
        {
            r.Git("config", "status.showUntrackedFiles", "no");
            r.Write("new.txt", "new\n");
        },
        ["a split index"] = r =>
        {
            r.Git("update-index", "--split-index");
            r.Write("data.csv", "changed\n");
        },
        ["no identity"] = r =>
        {
            r.Git("config", "user.useConfigOnly", "true");
            r.Git("config", "--unset", "user.name");
            r.Git("config", "--unset", "user.email");
            r.Write("data.csv", "changed\n");
        },
    };

    private readonly TestRepository _repository = new();

    public static TheoryData<string> Names => [.. Situations.Keys];

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_clean_tree_is_its_commit()
    {
        CodeState state = _repository.Untouched();
        Assert.Equal((_repository.Git("rev-parse", "HEAD"), "main", false), (state.Commit, state.Branch, state.Dirty));
        Assert.Null(state.Snapshot);
    }

    [Fact]
    public void Edits_deletions_new_files_modes_and_links_are_restored_byte_by_byte_and_ignored_files_are_not_kept()
    {
        _repository.Write("src/model.py", "print(2)\r\n\0binary");
        _repository.Write("new/deep/überraschung 'x\".txt", "new\n");
        _repository.Write("empty.txt", "");
        _repository.Write("run.log", "ignored");
        _repository.Write("build/out.bin", "ignored");
        File.Delete(_repository.File("data.csv"));
        _repository.Write("tool.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(_repository.File("tool.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_repository.File("dangling"), "nowhere/at-all");
        CodeState state = _repository.Captured(ignored: ["run.log", "build/out.bin"]);
        Assert.True(state.Dirty);
        Assert.Equal(_repository.Git("rev-parse", "HEAD"), _repository.Git("rev-parse", state.Commit + "^"));
        Assert.StartsWith("refs/assay/", state.Branch, StringComparison.Ordinal);
        Assert.Empty(state.Snapshot!.Remarks);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_restores_every_file(string situation)
    {
        Situations[situation](_repository);
        Assert.True(_repository.Captured().Dirty);
    }

    [Fact]
    public void Odd_names_are_names()
    {
        string[] names =
            ["-q", "--all", "a\nb", "a\tb", " a ", ":(top)x", ":!x", "*", "[a-z]", "a\\b", "\"x\"", "ü/ñ'", "#c", "!d", "x.lock", "..."];
        foreach (string name in names) _repository.Write(name, $"{name}\n");
        _repository.Captured();
        _repository.Commit("odd");
        foreach (string name in (string[])["-q", "a\nb", ":(top)x", "*", "a\\b"]) _repository.Write(name, "edited\n");
        File.Delete(_repository.File("[a-z]"));
        _repository.Captured();
    }

    [Fact]
    public void An_edit_in_the_moment_of_the_commit_with_the_same_length_is_noticed()
    {
        for (int i = 0; i < 5; i++)
        {
            _repository.Write("data.csv", $"x{i}\n");
            _repository.Commit($"commit {i}");
            _repository.Write("data.csv", $"y{i}\n");
            // Makes git write the index again before the edit is read.
            File.Delete(_repository.File("src/model.py"));
            _repository.Captured();
        }
    }

    [Fact]
    public void Before_the_first_commit_all_files_are_kept()
    {
        using var repository = new TestRepository(commit: false);
        Assert.Equal(("", false), (repository.State().Commit, repository.State().Dirty));
        repository.Write("a.txt", "a\n");
        repository.Write("b/c.txt", "c\n");
        repository.Git("add", "a.txt");
        CodeState state = repository.Captured();
        Assert.Equal(("", "main", true), (state.Head, state.HeadBranch, state.Dirty));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_branch_the_commit_is_what_can_be_checked_out(bool dirty)
    {
        _repository.Git("checkout", "-q", "--detach");
        if (dirty) _repository.Write("src/model.py", "print(3)\n");
        CodeState state = _repository.Captured();
        Assert.Equal("", state.HeadBranch);
        Assert.Equal(TestRepository.Files(_repository.Root), _repository.Restored(state.Branch));
    }

    [Fact]
    public void From_a_sub_folder_the_whole_tree_is_kept()
    {
        _repository.Write("data.csv", "changed\n");
        Assert.Equal("src", _repository.Captured(folder: _repository.File("src")).Folder);
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
        Assert.Contains(library.Git("rev-parse", "HEAD"), Lib(_repository.Untouched()), StringComparison.Ordinal);
        _repository.Commit("with a submodule");
        string moved = library.Commit("further");
        TestRepository.GitIn(_repository.File("lib"), "pull", "-q");
        CodeState state = _repository.Untouched();
        Assert.Contains(moved, Lib(state), StringComparison.Ordinal);
        Assert.Empty(state.LeftOut);

        _repository.Write("lib/data.csv", "edited\n");
        _repository.Write("data.csv", "edited\n");
        state = _repository.Untouched();
        Assert.Contains(moved, Lib(state), StringComparison.Ordinal);
        Assert.Equal("edited", _repository.Git("show", state.Commit + ":data.csv"));
        Assert.Equal("lib", Assert.Single(state.LeftOut).Path);

        string Lib(CodeState code) => _repository.Git("ls-tree", code.Commit, "lib");
    }

    [Fact]
    public void A_sparse_checkout_keeps_what_is_not_checked_out_and_what_is_there_all_the_same()
    {
        _repository.Write("far/away.txt", "away\n");
        _repository.Write("far/off.txt", "off\n");
        string head = _repository.Commit("second");
        _repository.Git("sparse-checkout", "set", "--cone", "--sparse-index", "src");
        _repository.Write("src/model.py", "sparse\n");
        _repository.Write("far/off.txt", "edited\n");
        _repository.Write("far/new.txt", "new\n");
        CodeState state = _repository.Untouched();
        Assert.Equal(
            "A\tfar/new.txt\nM\tfar/off.txt\nM\tsrc/model.py", _repository.Git("diff", "--name-status", head, state.Commit));
    }

    [Fact]
    public void A_repository_with_longer_hashes_is_like_any_other()
    {
        using var repository = new TestRepository(commit: false, format: "sha256");
        repository.Write("a.txt", "a\n");
        repository.Commit("first");
        repository.Write("a.txt", "b\n");
        CodeState state = repository.Captured();
        Assert.Equal(64, state.Commit.Length);
        Assert.Empty(state.Snapshot!.Remarks);
        File.Delete(repository.File("a.txt"));
        Assert.Equal("", repository.Git("ls-tree", repository.State().Commit));
    }

    [Fact]
    public void A_tracked_run_has_a_branch_that_git_checks_out()
    {
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Captured(SnapshotOptions.Branch);
        Assert.Equal("run/0123", state.Branch);
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
        CodeState state = _repository.Captured(SnapshotOptions.Branch);
        Assert.StartsWith("refs/assay/", state.Branch, StringComparison.Ordinal);
        Assert.StartsWith("no branch run/0123 could be made", Assert.Single(state.Snapshot!.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_changes_are_one_snapshot_also_of_runs_that_start_at_once()
    {
        _repository.Write("data.csv", "changed\n");
        string before = _repository.Untouchables();
        CodeState[] states = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(
            () => _repository.State(i % 2 == 0 ? SnapshotOptions.Shared : SnapshotOptions.Branch, name: $"r{i}"))));
        Assert.Equal(before, _repository.Untouchables());
        Assert.Single(states.Select(state => state.Snapshot?.Commit).Distinct());
        _repository.Write("data.csv", "changed again\n");
        Assert.NotEqual(states[0].Commit, _repository.Captured().Commit);
    }

    [Fact]
    public void A_pipe_is_no_part_of_the_code()
    {
        System.Diagnostics.Process.Start("mkfifo", _repository.File("pipe")).WaitForExit();
        _repository.Write("data.csv", "changed\n");
        Assert.Equal("changed", _repository.Git("show", _repository.State().Commit + ":data.csv"));
    }

    [Fact]
    public void No_temporary_file_is_left_behind()
    {
        _repository.Write("data.csv", "changed\n");
        string folder = Directory.CreateDirectory(_repository.Beside("temporary")).FullName;
        GitRepository repository = GitRepository.Find(_repository.Root, out _)!;
        var status = WorkTreeStatus.Read(repository);
        var contents = new SnapshotContents(repository, status, [], SnapshotOptions.Shared);
        Assert.NotNull(Snapshot.Make(repository, status.Head, contents, null, folder));
        Assert.Throws<GitException>(() => Snapshot.Make(repository, new string('1', 40), contents, null, folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Without_asking_for_a_snapshot_only_the_changes_are_listed()
    {
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Untouched(SnapshotOptions.None);
        Assert.Null(state.Snapshot);
        Assert.Equal([".M data.csv"], state.Changes);
        Assert.Equal("", _repository.Git("for-each-ref", "refs/assay"));
    }
}
