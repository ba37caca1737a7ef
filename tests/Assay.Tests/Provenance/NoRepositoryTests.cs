using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>Runs do not depend on git, and a journal records why it has no code.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NoRepositoryTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Without_a_working_tree_the_message_of_git_is_the_reason()
    {
        using var folder = new TempFolder();
        Assert.Contains("not a git repository", Why(folder.Path), StringComparison.Ordinal);
        _repository.Git("clone", "-q", "--bare", _repository.Root, _repository.Beside("bare"));
        Assert.Contains("cannot use bare repository", Why(_repository.Beside("bare")), StringComparison.Ordinal);
        Assert.NotNull(Why(_repository.File(".git")));

        string? Why(string place)
        {
            (CodeState? state, string? why) = CodeState.Read(place, folder.Path, SnapshotOptions.Shared, "x");
            Assert.Null(state);
            return why;
        }
    }

    [Fact]
    public void Without_git_the_run_goes_on_and_the_journal_has_the_reason()
    {
        // The program finds .NET by its folder where there is no PATH.
        string runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        (RunRecord run, string errors) = Tracked(new Dictionary<string, string>
        {
            ["PATH"] = _repository.Beside("nowhere"),
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),
        });
        string fault = $"the git program cannot be started in '{_repository.Root}': ";
        Assert.Contains($"\"git_fault\":\"{fault}", Start(run), StringComparison.Ordinal);
        Assert.Equal("", errors.Trim());
    }

    [Fact]
    public void Code_that_git_does_not_read_because_the_repository_belongs_to_another_user_is_warned_about()
    {
        // The switch of git's own tests, which makes every repository another user's; safe.directory of user and system does not count.
        (RunRecord run, string errors) = Tracked(new Dictionary<string, string>
        {
            ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
        });
        string fault = $"fatal: detected dubious ownership in repository at '{_repository.Root}'";
        Assert.Contains($"\"git_fault\":\"{fault}", Start(run), StringComparison.Ordinal);
        Assert.Contains(
            $"the code of the runs is not recorded, because the repository cannot be read: {fault}", errors, StringComparison.Ordinal);
        Assert.Contains($"git config --global --add safe.directory {_repository.Root}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_outside_of_repositories_gives_no_warning_but_a_broken_link_to_one_does()
    {
        using var folder = new TempFolder();
        Assert.Equal("", Errors());
        File.WriteAllText(folder.File(".git"), $"gitdir: {folder.File("gone")}\n");
        Assert.Contains($"is not recorded, because the repository cannot be read: fatal: not a git repository: {folder.File("gone")}",
            Errors(), StringComparison.Ordinal);

        string Errors()
        {
            (int exit, _, string errors) = TestProgram.Run(folder.Path, "track", "dispose", folder.File("store"));
            Assert.Equal(0, exit);
            return errors.Trim();
        }
    }

    [Theory]
    [InlineData("origin", "https://ada:token@example.org/x.git", "https://example.org/x.git")]
    [InlineData("origin", "https://ada:p@ss@example.org/x.git", "https://example.org/x.git")]
    [InlineData("origin", "https://oauth2:a/b@example.org/x.git", "https://example.org/x.git")]
    [InlineData("origin", "https://example.org/x.git?private_token=abc", "https://example.org/x.git")]
    [InlineData("origin", "ada:pw@example.org:x.git", "ada@example.org:x.git")]
    [InlineData("upstream", "git@example.org:x.git", "git@example.org:x.git")]
    [InlineData("upstream", "/a b/#1", "/a b/#1")]
    [InlineData("upstream", null, null)]
    public void The_remote_is_recorded_without_a_password(string name, string? url, string? expected)
    {
        if (url is not null) _repository.Git("config", $"remote.{name}.url", url);
        if (name == "origin") _repository.Git("config", "remote.another.url", "elsewhere");
        Assert.Equal(expected, _repository.State().Remote);
    }

    private (RunRecord Run, string Errors) Tracked(Dictionary<string, string> environment)
    {
        string store = _repository.Beside("store");
        using TestProgram program = TestProgram.Start(_repository.Root, environment, "track", "dispose", store);
        Assert.Equal(0, program.WaitForEnd());
        RunRecord run = Assert.Single(Store.Open(store).LoadAll());
        Assert.Equal(RunStatus.Success, run.Status);
        Assert.Empty(run.Git);
        return (run, program.Errors);
    }

    private static string Start(RunRecord run) => File.ReadLines(run.Journal).First();
}
