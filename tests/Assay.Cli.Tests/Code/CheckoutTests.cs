using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Assay.Git;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Code;

/// <summary>In whatever situation a run started, its code comes back byte by byte, and nothing of the user's is touched by that.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CheckoutTests : IDisposable
{
    private readonly CodeStore _store = new();

    private TestRepository Repository => _store.Repository;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_clean_run_is_restored_also_after_its_branch_has_moved_on()
    {
        _store.Record();
        IReadOnlyDictionary<string, string> then = _store.Files();
        Repository.Write("src/model.py", "print(3)\n");
        Repository.Commit("later");
        Restored(1, then);
    }

    [Fact]
    public void Edits_deletions_new_files_modes_and_links_come_back_and_ignored_files_do_not()
    {
        Repository.Write("src/model.py", "print(2)\r\n\0binary");
        Repository.Write("new/deep/überraschung 'x\".txt", "new\n");
        Repository.Write("forced.log", "forced\n");
        Repository.Git("add", "--force", "forced.log");
        File.Delete(Repository.File("data.csv"));
        Repository.Write("tool.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(Repository.File("tool.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Repository.File("dangling"), "nowhere/at-all");
        IReadOnlyDictionary<string, string> then = _store.Files();
        Repository.Write("run.log", "ignored");
        _store.Record();
        Restored(1, then);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Work_that_is_not_committed_stays_as_it_is(bool shared)
    {
        Repository.Write("src/model.py", "print(2)\n");
        _store.Record(shared ? SnapshotOptions.Shared : SnapshotOptions.Branch);
        IReadOnlyDictionary<string, string> then = _store.Files();
        Repository.Write("src/model.py", "precious\n");
        Repository.Git("add", "src/model.py");
        Repository.Write("src/model.py", "more precious\n");
        Repository.Write("untracked.txt", "precious\n");
        File.Delete(Repository.File("data.csv"));
        Restored(1, then);
    }

    [Fact]
    public void Before_the_first_commit_and_without_a_branch()
    {
        using var store = new CodeStore(commit: false);
        store.Repository.Write("a.txt", "a\n");
        store.Record();
        IReadOnlyDictionary<string, string> first = store.Files();
        store.Repository.Commit("first");
        store.Repository.Git("checkout", "-q", "--detach");
        store.Repository.Write("a.txt", "b\n");
        store.Record();
        IReadOnlyDictionary<string, string> second = store.Files();
        Restored(1, first, store);
        Restored(2, second, store);
    }

    [Fact]
    public void From_a_sub_folder_the_whole_tree_is_restored_and_the_folder_is_told()
    {
        Repository.Write("src/model.py", "print(2)\n");
        _store.Record(folder: Repository.File("src"));
        IReadOnlyDictionary<string, string> then = _store.Files();
        ToolResult result = _store.RunIn(Repository.File("src"), "checkout", "latest");
        Assert.Contains($"\nstarted in    {Path.Combine(_store.Checkout(1), "src")}\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(then, TestRepository.Files(_store.Checkout(1)));
    }

    [Fact]
    public void A_run_in_a_linked_working_tree_is_restored_from_there_and_from_the_main_one()
    {
        string linked = Repository.Beside("linked");
        Repository.Git("worktree", "add", "-q", "-b", "side", linked);
        File.WriteAllText(Path.Combine(linked, "data.csv"), "linked\n");
        _store.Record(folder: linked);
        IReadOnlyDictionary<string, string> then = TestRepository.Files(linked);
        string before = _store.Untouchables(linked), there = Repository.Beside("one");
        Assert.Equal(0, _store.RunIn(linked, "checkout", "latest", "--path", there).Exit);
        Assert.Equal(before, _store.Untouchables(linked));
        Assert.Equal(then, TestRepository.Files(there));
        Restored(1, then);
    }

    [Fact]
    public async Task Of_checkouts_of_one_run_at_once_one_is_made_and_the_others_find_it()
    {
        for (int i = 0; i < 200; i++) Repository.Write($"many/{i}.txt", $"{i}\n");
        _store.Record();
        string tool = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");
        (int ExitCode, string Output, string Error)[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            RealProcess.Run(
                Repository.Root, new Dictionary<string, string?>(), "dotnet", tool, "checkout", "latest", "--store", _store.Path))));
        Assert.All(results, r => Assert.Equal((0, ""), (r.ExitCode, r.Error)));
        Assert.Single(results, r => !r.Output.Contains("(it was there already)", StringComparison.Ordinal));
        Assert.Equal(_store.Files(), TestRepository.Files(_store.Checkout(1)));
    }

    [Fact]
    public void The_middle_of_a_merge_is_restored_with_its_marks()
    {
        Repository.Diverge("other", "data.csv");
        TestRepository.TryGit(Repository.Root, "merge", "other");
        _store.Record();
        Restored(1, _store.Files());
        Assert.Contains("<<<<<<<", File.ReadAllText(Path.Combine(_store.Checkout(1), "data.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Submodules_are_restored_at_their_commits_without_fetching_anything()
    {
        using TestRepository inner = new(), library = new();
        inner.Write("deep.txt", "deep\n");
        inner.Commit("deep");
        library.Git("submodule", "add", "-q", inner.Root, "inner");
        library.Commit("with a submodule");
        Repository.Git("submodule", "add", "-q", library.Root, "lib");
        TestRepository.GitIn(Repository.File("lib"), "submodule", "update", "-q", "--init");
        Repository.Commit("with submodules");
        _store.Record();
        IReadOnlyDictionary<string, string> then = _store.Files();
        library.Write("src/model.py", "later\n");
        library.Commit("later");
        TestRepository.GitIn(Repository.File("lib"), "pull", "-q");
        Repository.Commit("moved");

        ToolResult result = Restored(1, then);
        Assert.Contains("\nsubmodule     lib, commit ", result.Out, StringComparison.Ordinal);
        Assert.Contains("\nsubmodule     lib/inner, commit ", result.Out, StringComparison.Ordinal);
        Assert.Contains($"git worktree remove --force '{_store.Checkout(1)}'\n", result.Out, StringComparison.Ordinal);
        Assert.Equal("", TestRepository.GitIn(_store.Checkout(1), "status", "--porcelain", "--ignore-submodules=none"));
        Assert.Contains("(it was there already)", _store.Run("checkout", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_not_utf_8_are_left_to_git()
    {
        string there = _store.Checkout(1);
        try
        {
            Shell(Repository.Root, "printf data > \"$(printf 'caf\\351.txt')\" && git add . && git commit -qm cafe");
            _store.Record();
            ToolResult result = _store.Run("checkout", "latest");
            Assert.Equal((0, ""), (result.Exit, result.Error));
            Shell(there, "test \"$(cat caf*.txt)\" = data");
            Shell(there, "for name in caf*.txt; do echo mine > \"$name\"; done");
            Assert.Contains("1 file of the checkout was changed since", _store.Run("checkout", "latest").Out, StringComparison.Ordinal);
            Shell(there, "rm caf*.txt");
            Assert.Contains("1 file of the checkout was changed since", _store.Run("checkout", "latest").Out, StringComparison.Ordinal);
        }
        finally
        {
            // Folders with such names in them are not removed otherwise.
            Shell(Repository.Root, "find . -name 'caf*.txt' -delete");
        }
    }

    [Fact]
    public void A_submodule_whose_commit_is_not_here_is_named()
    {
        using var library = new TestRepository();
        Repository.Git("submodule", "add", "-q", library.Root, "lib");
        Repository.Commit("with a submodule");
        _store.Record();
        Repository.Git("submodule", "deinit", "-q", "--force", "lib");
        Directory.Delete(Repository.File(".git/modules/lib"), recursive: true);
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Equal(0, result.Exit);
        Assert.Contains(
            "note          the submodule 'lib' is not restored, because no repository here has its commit", result.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_git_nor_later_runs_see_the_checkouts()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        Assert.Equal("", Repository.Git("status", "--porcelain", "--untracked-files=all"));
        Repository.Write("data.csv", "changed\n");
        CodeState later = _store.Record();
        Assert.Equal("M\tdata.csv", Repository.Git("diff", "--name-status", "HEAD", later.Commit));
        Assert.Empty(later.LeftOut);
    }

    [Fact]
    public void Beside_a_store_outside_of_the_repository()
    {
        using var store = new CodeStore(outside: true);
        store.Repository.Write("data.csv", "changed\n");
        store.Record();
        Restored(1, store.Files(), store);
        Assert.True(Directory.Exists(store.Repository.Beside(".assay-checkouts")));
    }

    [Fact]
    public void The_same_run_again_is_told_where_it_is_and_what_was_changed_there()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        ToolResult again = _store.Run("checkout", "latest");
        Assert.Equal((0, ""), (again.Exit, again.Error));
        Assert.Contains($"checkout      {_store.Checkout(1)} (it was there already)\n", again.Out, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_store.Checkout(1), "data.csv"), "mine\n");
        File.WriteAllText(Path.Combine(_store.Checkout(1), "mine.txt"), "mine\n");
        again = _store.Run("checkout", "latest");
        Assert.Contains(
            "note          1 file of the checkout was changed since: it is no longer the code of the run\n", again.Out,
            StringComparison.Ordinal);
        Assert.Contains("note          1 file of the checkout is not of the run\n", again.Out, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(Path.Combine(_store.Checkout(1), "data.csv")));
        using JsonDocument answer = JsonDocument.Parse(_store.Run("checkout", "latest", "--json").Out);
        Assert.Equal(
            (true, 1, 1),
            (answer.RootElement.GetProperty(
                "existed").GetBoolean(), answer.RootElement.GetProperty(
                    "changed").GetInt32(), answer.RootElement.GetProperty("untracked").GetInt32()));
    }

    [Fact]
    public void A_checkout_that_somebody_deleted_is_made_again()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        Directory.Delete(_store.Checkout(1), recursive: true);
        Restored(1, _store.Files());
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_refused_and_left_alone()
    {
        _store.Record();
        string folder = Repository.Beside("full");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "mine\n");
        Refused($"'{folder}' is not empty; expected a folder that is missing or empty.", folder);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        Refused($"'{folder}/mine.txt' is a file; expected a folder that is missing or empty.", folder + "/mine.txt");
    }

    [Fact]
    public void An_empty_folder_is_taken()
    {
        _store.Record();
        string folder = Directory.CreateDirectory(Repository.Beside("empty")).FullName;
        Assert.Equal(0, _store.Run("checkout", "latest", "--path", "../empty").Exit);
        Assert.Equal(_store.Files(), TestRepository.Files(folder));
    }

    [Fact]
    public void A_checkout_of_another_commit_is_refused()
    {
        _store.Record();
        Repository.Write("data.csv", "changed\n");
        _store.Record();
        string folder = Repository.Beside("one");
        Assert.Equal(0, _store.Run("checkout", "latest~1", "--path", folder).Exit);
        Refused($"'{folder}' holds commit ", folder);
    }

    [Fact]
    public void The_working_tree_and_the_store_are_no_places_for_a_checkout_but_an_ignored_folder_is()
    {
        _store.Record();
        Refused($"'{Repository.File("src/restored")}' lies in the working tree '{Repository.Root}'", "src/restored");
        Refused($"'{Repository.Root}' is the working tree itself", ".");
        Refused($"'{Path.Combine(_store.Path, "x")}' lies in the store", ".assay/x");
        Assert.Equal(0, _store.Run("checkout", "latest", "--path", "build/restored").Exit);
        Assert.Equal("", Repository.Git("status", "--porcelain", "--untracked-files=all"));
    }

    [Fact]
    public void The_command_that_removes_it_can_be_given_to_a_shell_as_it_is()
    {
        _store.Record();
        string folder = Repository.Beside("it's $HOME");
        ToolResult result = _store.Run("checkout", "latest", "--path", folder);
        string command = result.Out.Split('\n').Single(
            l => l.StartsWith("to remove it", StringComparison.Ordinal))["to remove it".Length..].Trim();
        (int exit, string output, string error) = RealProcess.Run(Repository.Root, new Dictionary<string, string?>(), "sh", "-c", command);
        Assert.True(exit == 0, output + error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_checkout_that_was_ended_half_way_is_told()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        string locked = Path.Combine(TestRepository.GitIn(_store.Checkout(1), "rev-parse", "--absolute-git-dir"), "locked");
        File.WriteAllText(locked, "initializing\n");
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Equal(2, result.Exit);
        Assert.Contains("whose making was ended half-way", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_and_settings_of_the_user_have_no_part_in_it()
    {
        foreach (string hook in (string[])["post-checkout", "reference-transaction", "post-index-change"])
        {
            Repository.Write($".git/hooks/{hook}", $"#!/bin/sh\ntouch {Repository.Beside("hooked")}\n");
            File.SetUnixFileMode(Repository.File($".git/hooks/{hook}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Repository.Git("config", "submodule.recurse", "true");
        Repository.Git("config", "worktree.guessRemote", "true");
        Repository.Git("config", "checkout.guess", "false");
        Repository.Write("data.csv", "changed\n");
        _store.Record();
        Restored(1, _store.Files());
        Assert.False(File.Exists(Repository.Beside("hooked")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_and_git_knows_of_no_new_tree()
    {
        _store.Record();
        // A file where the folder of checkouts should be.
        File.WriteAllText(_store.Checkouts, "");
        string worktrees = Repository.Git("worktree", "list");
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.StartsWith($"assay: the code of run {CodeStore.Id(1)} could not be restored to '{_store.Checkout(1)}': ", result.Error);
        Assert.EndsWith(" Choose another folder with --path.\n", result.Error);
        Assert.Equal(worktrees, Repository.Git("worktree", "list"));
        Assert.Equal(0, _store.Run("checkout", "latest", "--path", Repository.Beside("one")).Exit);
    }

    [Fact]
    public void A_damaged_repository_is_told_in_the_words_of_git()
    {
        _store.Record();
        foreach (string file in Directory.EnumerateFiles(Repository.File(".git/objects"), "*", SearchOption.AllDirectories)) File
            .SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string tree = Repository.Git("rev-parse", "HEAD^{tree}");
        File.WriteAllText(Repository.File($".git/objects/{tree[..2]}/{tree[2..]}"), "damaged");
        foreach (string[] command in (string[][])[["checkout", "latest"], ["diff", "latest"], ["diff", "latest", "latest"]])
        {
            ToolResult result = _store.Run(command);
            Assert.Equal((2, ""), (result.Exit, result.Out));
            Assert.Contains("ended with exit code 128: ", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_snapshot_left_out_is_said()
    {
        Repository.Write(".env", "TOKEN=1\n");
        Repository.Write("data.csv", "changed\n");
        _store.Record();
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Contains(
            "leaves out 1 uncommitted file: .env (likely a secret (its name matches .env))\n", result.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_store.Checkout(1), ".env")));
    }

    [Fact]
    public void A_build_in_a_checkout_takes_nothing_from_the_working_tree_around_it()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        // Younger than the run; without a fence every project in the checkout would import it.
        Repository.Write("Directory.Build.props", "<Project><PropertyGroup><Younger>true</Younger></PropertyGroup></Project>");
        string project = Path.Combine(_store.Checkout(1), "x.proj");
        File.WriteAllText(project, """
            <Project>
              <Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)'))" />
            </Project>
            """);
        (int exit, string output, string error) = RealProcess.Run(
            _store.Checkout(1), new Dictionary<string, string?>(), "dotnet", "msbuild", "x.proj", "-nologo", "-getProperty:Younger",
            "-getProperty:Other");
        Assert.True(exit == 0, output + error);
        using JsonDocument properties = JsonDocument.Parse(output);
        Assert.Equal("", properties.RootElement.GetProperty("Properties").GetProperty("Younger").GetString());
    }

    private ToolResult Restored(int run, IReadOnlyDictionary<string, string> expected, CodeStore? store = null)
    {
        store ??= _store;
        string before = store.Untouchables(), refs = store.Repository.Git("for-each-ref");
        ToolResult result = store.Run("checkout", CodeStore.Id(run));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal((before, refs), (store.Untouchables(), store.Repository.Git("for-each-ref")));
        Assert.Equal(expected, TestRepository.Files(store.Checkout(run)));
        return result;
    }

    private void Refused(string message, string path)
    {
        string before = _store.Untouchables(), worktrees = Repository.Git("worktree", "list");
        ToolResult result = _store.Run("checkout", "latest", "--path", path);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.StartsWith("assay: " + message, result.Error);
        Assert.Equal((before, worktrees), (_store.Untouchables(), Repository.Git("worktree", "list")));
    }

    private static void Shell(string folder, string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
