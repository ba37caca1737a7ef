using System.Runtime.Versioning;

namespace Assay.Tests.Provenance;

/// <summary>Programs run what is on the disk, also where git was told not to look.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HiddenFileTests : IDisposable
{
    private const string Assumed = "--assume-unchanged";
    private const string Skipped = "--skip-worktree";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData(Assumed, "2")]
    [InlineData(Skipped, "2")]
    [InlineData(Assumed, "4")]
    [InlineData(Skipped, "4")]
    public void An_edit_of_a_file_that_git_was_told_to_pass_over_is_kept(string mark, string version)
    {
        _repository.Write("src/model.py.old", "old\n");
        _repository.Write("src/ü/model.py", "far\n");
        _repository.Commit("more");
        _repository.Git("update-index", "--index-version", version);
        _repository.Git("update-index", mark, "src/model.py", "src/ü/model.py");
        _repository.Write("src/model.py", "print(2)\n");
        _repository.Write("src/ü/model.py", "near\n");
        CodeState state = _repository.Captured();
        Assert.Equal([".M src/model.py", ".M src/ü/model.py"], state.Changes);
        Assert.StartsWith(mark == Assumed ? "h " : "S ", _repository.Git("ls-files", "-v", "src/model.py"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Assumed)]
    [InlineData(Skipped)]
    public void So_it_is_where_the_index_is_split(string mark)
    {
        for (int i = 0; i < 50; i++) _repository.Write($"many/{i:00}.txt", $"{i}\n");
        _repository.Commit("many");
        _repository.Git("update-index", mark, "many/07.txt");
        _repository.Git("update-index", "--split-index");
        _repository.Git("update-index", mark, "many/08.txt");
        _repository.Write("many/07.txt", "edited\n");
        _repository.Write("many/08.txt", "edited\n");
        _repository.Write("many/09.txt", "edited\n");
        Assert.Equal([".M many/07.txt", ".M many/08.txt", ".M many/09.txt"], _repository.Captured().Changes);
    }

    [Fact]
    public void A_file_that_is_assumed_to_be_unchanged_and_was_deleted_is_gone()
    {
        _repository.Git("update-index", Assumed, "src/model.py");
        File.Delete(_repository.File("src/model.py"));
        Assert.Equal([".D src/model.py"], _repository.Captured().Changes);
    }

    [Fact]
    public void A_file_that_is_said_not_to_be_checked_out_and_is_not_there_stays_as_it_was_committed()
    {
        _repository.Git("update-index", Skipped, "src/model.py");
        File.Delete(_repository.File("src/model.py"));
        Assert.False(_repository.Untouched().Dirty);
        _repository.Write("data.csv", "changed\n");
        Assert.Equal("print(1)", _repository.Git("show", _repository.Untouched().Commit + ":src/model.py"));
    }

    [Theory]
    [InlineData(Assumed)]
    [InlineData(Skipped)]
    public void A_file_with_such_a_mark_that_nobody_edited_is_no_change(string mark)
    {
        _repository.Git("update-index", mark, "src/model.py");
        Assert.False(_repository.Untouched().Dirty);
    }

    [Fact]
    public void An_edit_of_the_last_moment_with_the_same_length_is_noticed()
    {
        for (int i = 0; i < 20; i++)
        {
            _repository.Write("data.csv", $"x{i:00}\n");
            _repository.Commit($"commit {i}");
            _repository.Git("update-index", Assumed, "data.csv");
            _repository.Write("data.csv", $"y{i:00}\n");
            _repository.Captured();
            _repository.Git("update-index", "--no-assume-unchanged", "data.csv");
        }
    }

    [Fact]
    public void In_a_repository_with_longer_hashes_it_is_the_same()
    {
        using var repository = new TestRepository(commit: false, format: "sha256");
        repository.Write("a.txt", "a\n");
        repository.Write("b.txt", "b\n");
        repository.Commit("first");
        repository.Git("update-index", Assumed, "a.txt");
        repository.Git("update-index", Skipped, "b.txt");
        repository.Write("a.txt", "edited\n");
        repository.Write("b.txt", "edited\n");
        Assert.Equal([".M a.txt", ".M b.txt"], repository.Captured().Changes);
    }

    [Fact]
    public void The_copy_without_marks_is_whole_in_the_eyes_of_git()
    {
        _repository.Git("update-index", Assumed, "src/model.py");
        _repository.Git("update-index", Skipped, "data.csv");
        string copy = _repository.Beside("index");
        PrivateIndex.Copy(GitRepository.Find(_repository.Root, out _)!, copy);
        _repository.Write(".git/index", "");
        File.Copy(copy, _repository.File(".git/index"), overwrite: true);
        Assert.Equal("H .gitignore\nH data.csv\nH src/model.py", _repository.Git("ls-files", "-v"));
        // Checks the index with its sum.
        Assert.Equal("", _repository.Git("fsck", "--no-dangling"));
    }
}
