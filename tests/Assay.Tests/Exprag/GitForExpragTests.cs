using Assay.Tests.Provenance;

namespace Assay.Tests.Exprag;

/// <summary>What exprag's helpers tell an agent to type leads to the code of the run, whatever state the repository was in.</summary>
public sealed class GitForExpragTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    private string StorePath => _repository.Beside("store");

    [Fact]
    public void The_command_for_a_run_checks_out_its_files()
    {
        IReadOnlyDictionary<string, string> clean = TestRepository.Files(_repository.Root);
        Program("track", "dispose", StorePath);
        _repository.Write("src/model.py", "print(2)\n");
        _repository.Write("new größe.txt", "new\n");
        File.Delete(_repository.File("data.csv"));
        IReadOnlyDictionary<string, string> changed = TestRepository.Files(_repository.Root);
        Program("track", "dispose", StorePath);
        _repository.Git("stash", "-q", "--include-untracked");
        _repository.Git("checkout", "-q", "--detach");
        Program("track", "dispose", StorePath);

        using var copy = new CopiedStore(StorePath);
        List<Dictionary<string, object?>> records = copy.Records;
        string[] ids = [.. Store.Open(StorePath).LoadAll().Select(r => r.Id)];
        List<GitStateRow> states = ExpragReader.DescribeGitStates(records);
        Assert.Equal(
            [("main", false), ("run/" + ids[1], true), (_repository.Git("rev-parse", "HEAD"), false)],
            ids.Select(id => states.Find(s => s.RunId == id)!).Select(s => (s.Branch, s.Dirty)));
        Assert.Equal(clean, AfterTyping(ExpragReader.GitCheckoutCommand(ids[0], records)));
        Assert.Equal(changed, AfterTyping(ExpragReader.GitCheckoutCommand(ids[1], records)));
        Assert.Equal(clean, AfterTyping(ExpragReader.GitCheckoutCommand(ids[2], records)));
        Assert.Equal(_repository.Git("rev-parse", "main"), _repository.Git("rev-parse", $"run/{ids[1]}^"));
        string names = Typed(ExpragReader.GitDiffBetweenRuns(ids[0], ids[1], records) + " --name-only -z");
        Assert.Equal(["data.csv", "new größe.txt", "src/model.py"], names.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("No git state found for run none.", ExpragReader.GitCheckoutCommand("none", records));
    }

    [Fact]
    public void The_command_for_a_run_of_a_sweep_does_so_too()
    {
        _repository.Write("src/model.py", "print(3)\n");
        IReadOnlyDictionary<string, string> changed = TestRepository.Files(_repository.Root);
        Program("crash", StorePath, "2", "sync", "0");
        _repository.Git("checkout", "-q", "--", ".");
        using var copy = new CopiedStore(StorePath);
        string[] ids = [.. Store.Open(StorePath).LoadAll().Select(r => r.Id)];
        Assert.Equal(ids.Order(), ExpragReader.DescribeGitStates(copy.Records).Select(s => s.RunId).Order());
        Assert.All(ids, id => Assert.Equal(changed, AfterTyping(ExpragReader.GitCheckoutCommand(id, copy.Records))));
    }

    [Fact]
    public void Without_a_repository_there_is_no_state_and_that_is_said()
    {
        using var folder = new TempFolder();
        Assert.Equal(0, TestProgram.Run(folder.Path, "track", "dispose", folder.File("store")).ExitCode);
        using var copy = new CopiedStore(folder.File("store"));
        Assert.Empty(ExpragReader.DescribeGitStates(copy.Records));
        Assert.Null(ExpragReader.GetPath(Assert.Single(ExpragReader.RunStartRecords(copy.Records)), "value.git", "missing"));
    }

    private void Program(params string[] arguments)
    {
        (int exit, _, string errors) = TestProgram.Run(_repository.Root, arguments);
        Assert.True(exit == 0, errors);
    }

    private IReadOnlyDictionary<string, string> AfterTyping(string command)
    {
        Typed(command.Replace("git checkout", "git checkout -q", StringComparison.Ordinal));
        return TestRepository.Files(_repository.Root);
    }

    // Of a command and a comment behind it, what git is given.
    // Without the comment, and without the name of the program.
    private string Typed(string command) => _repository.Git(
        command.Replace("  #", "\n", StringComparison.Ordinal).Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
}
