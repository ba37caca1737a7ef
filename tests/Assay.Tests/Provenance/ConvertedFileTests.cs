using System.Runtime.Versioning;

namespace Assay.Tests.Provenance;

/// <summary>Files that git does not keep byte by byte are named, and told apart by whether a checkout has them again.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConvertedFileTests : IDisposable
{
    private const string Lost = "git does not keep 1 file (x.txt) byte by byte, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has other bytes than the run";
    private const string Kept =
        "git keeps 1 file (x.txt) in another form, because of line ends, filters, keywords or encodings that it is told to convert: a checkout has the bytes of the run only with the settings and filters of then";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("core.autocrlf", "input", null, "a\r\nb\r\n")]
    [InlineData("core.eol", "lf", "*.txt text", "a\r\nb\r\n")]
    [InlineData("core.safecrlf", "false", "*.txt text eol=lf", "a\r\nb\r\n")]
    [InlineData("core.safecrlf", "true", "*.txt text eol=lf", "a\r\nb\r\n")]
    [InlineData("core.eol", "lf", "*.txt ident", "$Id: mine $\n")]
    [InlineData("filter.strip.clean", "sed s/out.*//", "*.txt filter=strip", "code out=5\n")]
    [InlineData("core.autocrlf", "true", null, "a\nb\n")]
    [InlineData("core.autocrlf", "true", "*.txt text=auto", "a\nb\n")]
    [InlineData("core.eol", "crlf", "*.txt text", "a\nb\n")]
    [InlineData("core.autocrlf", "false", "*.txt text eol=crlf", "a\nb\n")]
    [InlineData("core.autocrlf", "input", "*.txt eol=crlf", "a\nb\n")]
    [InlineData("core.safecrlf", "false", "*.txt ident", "$Id$\n")]
    [InlineData("filter.grow.smudge", "sed s/a/aa/", "*.txt filter=grow", "a\n")]
    public void A_file_that_a_checkout_has_otherwise_is_named(string key, string value, string? attributes, string content)
    {
        CodeState state = State(key, value, attributes, content);
        Assert.Equal([Lost], state.Snapshot!.Remarks);
        Assert.Equal(["x.txt"], state.Snapshot.Altered);
        Assert.NotEqual(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
        var git = new JsonBuffer();
        state.WriteFull(git);
        Assert.Contains("\"altered\":1}", git.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("core.autocrlf", "true", null, "a\r\nb\r\n")]
    [InlineData("core.autocrlf", "false", "*.txt text eol=crlf", "a\r\nb\r\n")]
    [InlineData("core.autocrlf", "false", "*.txt working-tree-encoding=UTF-16LE", "a\0\n\0")]
    public void A_file_that_a_checkout_has_again_by_the_same_settings_is_named(string key, string value, string? attributes, string content)
    {
        CodeState state = State(key, value, attributes, content);
        Assert.Equal([Kept], state.Snapshot!.Remarks);
        Assert.Empty(state.Snapshot.Altered);
        Assert.Equal(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
    }

    [Fact]
    public void A_filter_with_its_reverse_gives_the_file_back()
    {
        _repository.Git("config", "filter.turn.smudge", "tr a-z b-za");
        CodeState state = State("filter.turn.clean", "tr b-za a-z", "*.txt filter=turn", "abc\n");
        Assert.Equal([Kept], state.Snapshot!.Remarks);
        Assert.Equal(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("sleep 600")]
    public void A_filter_that_cannot_undo_what_it_did_costs_nobody_the_snapshot(string smudge)
    {
        _repository.Write(".gitattributes", "*.txt filter=once\n");
        _repository.Git("config", "filter.once.clean", "tr b-za a-z");
        _repository.Git("config", "filter.once.smudge", smudge);
        _repository.Git("config", "filter.once.required", "true");
        _repository.Write("x.txt", "abc\n");
        GitRepository repository = GitRepository.Find(_repository.Root, out _)!;
        using var folder = TemporaryFolder.Make(_repository.Beside(""));
        string index = folder.File("index");
        GitProgram git = PrivateIndex.Looking(repository, index);
        Snapshot.WriteTree(git, repository, WorkTreeStatus.Read(repository), [], [], index);
        var converted = ConvertedFiles.Find(repository, git with { Patience = TimeSpan.FromSeconds(1) }, index, new HashSet<string> { "x.txt" }, folder.File("restored"));
        Assert.Equal(["x.txt"], converted.Lost);
        Assert.Empty(converted.Kept);
    }

    [Fact]
    public void Files_that_git_keeps_as_they_are_get_no_remark()
    {
        CodeState state = State("core.autocrlf", "input", "*.txt text\n*.bin -text", "a\nb\n");
        Assert.Empty(state.Snapshot!.Remarks);
        _repository.Write("y.bin", "a\r\n\0");
        Assert.Empty(_repository.Captured().Snapshot!.Remarks);
    }

    [Theory]
    [InlineData("core.autocrlf", "true", "*.txt -text", "a\nb\n")]
    [InlineData("core.autocrlf", "true", "*.txt eol=lf", "a\nb\n")]
    [InlineData("core.autocrlf", "true", null, "a\n\0")]
    [InlineData("core.autocrlf", "true", null, "a")]
    [InlineData("core.eol", "crlf", "*.md text", "a\n")]
    [InlineData("core.safecrlf", "false", "*.txt ident", "a\n")]
    [InlineData("filter.same.smudge", "cat", "*.txt filter=same", "a\n")]
    public void A_file_that_no_setting_changes_on_its_way_back_gets_no_remark(string key, string value, string? attributes, string content)
    {
        _repository.Write("x.txt", content);
        _repository.Git("config", key, value);
        if (attributes is not null) File.WriteAllText(_repository.File(".git/info/attributes"), attributes + "\n");
        CodeState state = _repository.Untouched();
        Assert.Empty(state.Snapshot!.Remarks);
        Assert.Equal(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
    }

    [Fact]
    public void A_file_that_grows_while_it_is_kept_is_not_said_to_be_converted()
    {
        _repository.Git("config", "filter.late.clean", "cat && echo more >> a.log");
        File.WriteAllText(_repository.File(".git/info/attributes"), "z.txt filter=late\n");
        _repository.Write(".gitignore", "");
        _repository.Write("a.log", "first\n");
        _repository.Write("z.txt", "z\n");
        CodeState state = _repository.State();
        Assert.Equal(["1 file (a.log) changed while the snapshot was made: a checkout may have other bytes than the run"], state.Snapshot!.Remarks);
        Assert.Equal(["a.log"], state.Snapshot.Altered);
        Assert.Equal("first", _repository.Git("show", state.Commit + ":a.log"));
    }

    [Fact]
    public void Where_git_does_not_heed_which_files_are_programs_those_are_named()
    {
        _repository.Git("config", "core.fileMode", "false");
        _repository.Write("run.sh", "echo\n");
        _repository.Write("plain.txt", "a\n");
        File.SetUnixFileMode(_repository.File("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        CodeState state = _repository.Untouched();
        Assert.Equal(["git does not heed here which files are programs (core.fileMode): in a checkout 1 file (run.sh) may be executable where it was not in the run, or the other way round"], state.Snapshot!.Remarks);
        Assert.Empty(state.Snapshot.Altered);
    }

    [Fact]
    public void Of_many_the_first_are_named()
    {
        for (int i = 0; i < 12; i++) _repository.Write($"{i:00}.txt", "a\r\n");
        CodeState state = State("core.autocrlf", "input", null, "a\n");
        Assert.StartsWith("git does not keep 12 files (00.txt, 01.txt, 02.txt, 03.txt, 04.txt, 05.txt, 06.txt, 07.txt, 08.txt, 09.txt, …) byte by byte", Assert.Single(state.Snapshot!.Remarks));
        Assert.Equal(12, state.Snapshot.Altered.Count);
    }

    [Fact]
    public void A_filter_that_fails_is_told_in_the_words_of_git()
    {
        _repository.Write(".gitattributes", "*.txt filter=broken\n");
        _repository.Git("config", "filter.broken.clean", "false");
        _repository.Git("config", "filter.broken.required", "true");
        _repository.Write("x.txt", "a\n");
        CodeState state = _repository.State();
        Assert.Null(state.Snapshot);
        Assert.Contains("clean filter 'broken' failed", state.Fault, StringComparison.Ordinal);
    }

    private CodeState State(string key, string value, string? attributes, string content)
    {
        _repository.Git("config", key, value);
        if (attributes is not null) File.WriteAllText(_repository.File(".git/info/attributes"), attributes + "\n");
        _repository.Write("x.txt", content);
        return _repository.Untouched();
    }
}
