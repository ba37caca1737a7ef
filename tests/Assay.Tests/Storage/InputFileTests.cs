namespace Assay.Tests.Storage;

/// <summary>Files and folders as inputs that are not at rest, not readable, or go in circles.</summary>
[Trait("Category", "Quick")]
public class InputFileTests
{
    [Fact]
    public void A_file_that_changes_while_it_is_hashed_is_hashed_again_and_the_first_hash_is_not_remembered()
    {
        using var folder = new TempFolder();
        string path = folder.File("data");
        Pipe(path, Change(0));
        var hasher = new FileHasher(TimeProvider.System);
        Thread writer = Start(() =>
        {
            Feed(path, "one", () => Pipe(path, Change(1)));
            Feed(path, "two", () => File.SetLastWriteTimeUtc(path, Change(1)));
        });

        string sha256 = hasher.File(new FileRef(path));
        writer.Join();

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("two"u8)), sha256);
        File.Delete(path);
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, Change(1));
        Assert.Equal(sha256, hasher.File(new FileRef(path)));
    }

    [Fact]
    public void A_file_that_never_rests_is_an_error()
    {
        using var folder = new TempFolder();
        string path = folder.File("data");
        Pipe(path, Change(0));
        Thread writer = Start(() =>
        {
            for (int i = 1; i <= 3; i++) Feed(path, "more", () => Pipe(path, Change(i)));
        });

        var fault = Assert.Throws<CanonicalFormException>(() => new FileHasher(TimeProvider.System).File(new FileRef(path)));
        writer.Join();

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("use a copy", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_behind_a_link_is_hashed_again_when_it_changes()
    {
        using var folder = new TempFolder();
        string target = folder.File("target");
        File.WriteAllText(target, "one");
        File.SetLastWriteTimeUtc(target, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.CreateSymbolicLink(folder.File("link"), target);
        var hasher = new FileHasher(new Later());
        string before = hasher.File(new FileRef(folder.File("link")));
        File.WriteAllText(target, "two");
        Assert.NotEqual(before, hasher.File(new FileRef(folder.File("link"))));
    }

    [Fact]
    public void Links_to_folders_are_followed_but_for_circles()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("data", "sub"));
        Directory.CreateDirectory(folder.File("other"));
        File.WriteAllText(folder.File("data", "sub", "a.csv"), "1");
        File.WriteAllText(folder.File("other", "b.csv"), "2");
        Directory.CreateSymbolicLink(folder.File("data", "sub", "up"), "..");
        Directory.CreateSymbolicLink(folder.File("data", "other"), folder.File("other"));
        Directory.CreateSymbolicLink(folder.File("other", "back"), folder.File("data"));
        var directory = new DirectoryRef(folder.File("data"), "*.csv");

        Assert.Equal(["other/b.csv", "sub/a.csv"], directory.Files().Select(directory.RelativeTo));
    }

    [Fact]
    public void A_pattern_may_begin_with_a_folder()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("sub", "deep"));
        File.WriteAllText(folder.File("a.csv"), "1");
        File.WriteAllText(folder.File("sub", "deep", "b.csv"), "2");
        var directory = new DirectoryRef(folder.Path, "sub/*.csv");

        Assert.Equal(["sub/deep/b.csv"], directory.Files().Select(directory.RelativeTo));
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_is_an_error_with_its_path()
    {
        // A file where a folder should be refuses everybody, also those who may read everything.
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("file"), "");
        var fault = Assert.Throws<CanonicalFormException>(() => new DirectoryRef(folder.File("file")).Files());
        Assert.Contains($"'{folder.File("file")}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("permissions", fault.Message, StringComparison.Ordinal);
    }

    // Who reads a pipe waits for its writer: what changes while it is read does so at the same place every time.
    private static void Pipe(string path, DateTime changed)
    {
        File.Delete(path);
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
        File.SetLastWriteTimeUtc(path, changed);
    }

    // What is to be found afterwards is there before the reader comes to the end.
    private static void Feed(string path, string content, Action change)
    {
        using FileStream pipe = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        pipe.Write(System.Text.Encoding.UTF8.GetBytes(content));
        change();
    }

    private static DateTime Change(int number) => new(2020, 1, 1, 0, 0, number, DateTimeKind.Utc);

    private static Thread Start(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        return thread;
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddMinutes(1);
    }
}
