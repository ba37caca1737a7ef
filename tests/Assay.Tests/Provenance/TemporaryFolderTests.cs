using System.Diagnostics;
using System.Runtime.Versioning;

namespace Assay.Tests.Provenance;

/// <summary>What git writes in passing is nobody else's business, and does not pile up.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TemporaryFolderTests : IDisposable
{
    private readonly TempFolder _above = new();

    public void Dispose() => _above.Dispose();

    [Fact]
    public void Only_its_owner_can_look_into_one_and_it_goes_with_everything_in_it()
    {
        string path;
        using (var folder = TemporaryFolder.Make(_above.Path))
        {
            path = folder.Path;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            Directory.CreateDirectory(folder.File("objects"));
            File.WriteAllText(folder.File("objects/a"), "a");
            File.SetUnixFileMode(folder.File("objects/a"), UnixFileMode.UserRead);
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Those_of_killed_processes_go_after_a_day_and_nothing_else_does()
    {
        string old = Left(Name('0'), 2), fresh = Left(Name('1'), 0), other = Left("assay-run-other", 2), open = Left(Name('2'), 2);
        // What somebody called so for a reason of one's own.
        string mine = Left("assay-git-notes", 2), alike = Left(Name('3') + ".bak", 2), clone = Left(Name('x'), 2);
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string precious = Left("precious", 2), link = _above.File(Name('4'));
        Directory.CreateSymbolicLink(link, precious);
        using var folder = TemporaryFolder.Make(_above.Path);
        Assert.False(Directory.Exists(old));
        Assert.All([fresh, other, open, mine, alike, clone, precious, link], f => Assert.True(File.Exists(Path.Combine(f, "objects", "a"))));
    }

    [Fact]
    public void What_a_killed_program_was_about_to_keep_is_gone_after_the_next_one_a_day_later()
    {
        using var repository = new TestRepository();
        string store = repository.Beside("store"), fifo = repository.Beside("hold");
        Process.Start("mkfifo", fifo).WaitForExit();
        repository.Write(".gitattributes", "*.txt filter=hold\n");
        repository.Git("config", "filter.hold.clean", $"cat '{fifo}'");
        repository.Write("x.txt", "secret code\n");
        var temporary = new Dictionary<string, string> { ["TMPDIR"] = _above.Path };
        FileStream hold;
        using (TestProgram.Start(repository.Root, temporary, "track", "dispose", store))
        {
            // Opens as soon as git reads from it, in the middle of the snapshot; then all of them are killed.
            hold = new FileStream(fifo, FileMode.Open, FileAccess.Write);
        }

        hold.Dispose();
        string left = Assert.Single(Directory.GetDirectories(_above.Path, TemporaryFolder.Prefix + "*"));
        Assert.Equal(TemporaryFolder.OwnerOnly, File.GetUnixFileMode(left));
        Assert.Contains("index", Directory.GetFiles(left).Select(Path.GetFileName));
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));

        repository.Git("config", "--unset", "filter.hold.clean");
        using (TestProgram next = TestProgram.Start(repository.Root, temporary, "track", "dispose", store)) Assert.Equal(0, next.WaitForEnd());
        Assert.Empty(Directory.GetDirectories(_above.Path, TemporaryFolder.Prefix + "*"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_within_the_working_tree_is_no_part_of_the_code(bool isHidden)
    {
        using var repository = new TestRepository();
        string store = repository.Beside("store");
        var temporary = new Dictionary<string, string> { ["TMPDIR"] = repository.File("tmp") };
        Directory.CreateDirectory(temporary["TMPDIR"]);
        // Where git is told to pass over a file, even looking takes a folder.
        if (isHidden) repository.Git("update-index", "--assume-unchanged", "data.csv");
        else repository.Write("src/model.py", "print(2)\n");
        using (TestProgram program = TestProgram.Start(repository.Root, temporary, "track", "dispose", store, "Branch")) Assert.Equal(0, program.WaitForEnd());
        RunRecord run = Assert.Single(Store.Open(store).LoadAll());
        Assert.Equal(!isHidden, run.Git["dirty"]);
        Assert.Equal([".gitignore", "data.csv", "src/model.py"], repository.Git("ls-tree", "-r", "--name-only", (string)run.Git["commit"]!).Split('\n'));
    }

    [Fact]
    public void A_place_with_folders_that_cannot_be_removed_hinders_nobody()
    {
        string old = Left(Name('0'), 2);
        File.SetUnixFileMode(Path.Combine(old, "objects"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        using (var folder = TemporaryFolder.Make(_above.Path)) Assert.True(Directory.Exists(folder.Path));
        if (Directory.Exists(old)) File.SetUnixFileMode(Path.Combine(old, "objects"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Name(char digit) => TemporaryFolder.Prefix + new string(digit, 32);

    private string Left(string name, int days)
    {
        string path = _above.File(name);
        Directory.CreateDirectory(Path.Combine(path, "objects"));
        File.WriteAllText(Path.Combine(path, "objects", "a"), "a");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-days));
        return path;
    }
}
