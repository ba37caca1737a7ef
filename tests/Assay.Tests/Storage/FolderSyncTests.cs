namespace Assay.Tests.Storage;

/// <summary>Names of new files reach the disk, too.</summary>
[Trait("Category", "Quick")]
public class FolderSyncTests
{
    [Fact]
    public void Folders_are_synced_where_that_is_possible_and_passed_over_elsewhere()
    {
        using var folder = new TempFolder();
        FolderSync.Sync(folder.Path);
        FolderSync.Sync(folder.File("missing"));
        if (Directory.Exists("/proc/self")) FolderSync.Sync("/proc/self");
    }

    [Fact]
    public void No_handle_is_left_open()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempFolder();
        for (int i = 0; i < 10; i++) FolderSync.Sync(folder.Path);
        string[] open = Directory.GetFileSystemEntries("/proc/self/fd");
        Assert.DoesNotContain(open, f => new FileInfo(f).LinkTarget == folder.Path);
    }

    [Fact]
    public void A_failed_sync_does_not_claim_that_what_was_reported_is_kept()
    {
        StoreException fault = StoreFaults.NotOnDisk("journal", new IOException("Input/output error"));
        Assert.Contains("'journal': Input/output error", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("are kept", fault.Message, StringComparison.Ordinal);
        Assert.Contains("run again", fault.Message, StringComparison.Ordinal);
    }
}
