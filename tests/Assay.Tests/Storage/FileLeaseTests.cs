using System.Diagnostics;

namespace Assay.Tests.Storage;

/// <summary>Locks that cannot be taken, and locks that another host took.</summary>
[Trait("Category", "Quick")]
public class FileLeaseTests
{
    private static readonly LeaseHolder Elsewhere = new(
        "elsewhere", 1, "lab", DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(-1));

    [Fact]
    public void A_lock_somebody_holds_cannot_be_had()
    {
        using var folder = new TempFolder();
        using FileLease? first = Take(folder, out _);
        Assert.Null(Take(folder, out LeaseHolder? holder));
        Assert.Equal(Environment.ProcessId, holder!.Pid);
    }

    [SmallDiskFact]
    public void A_lock_on_a_read_only_disk_is_a_fault_and_not_somebody_elses()
    {
        using var disk = new SmallDisk(1 << 20);
        FileLease.TryTake(Path.Combine(disk.Path, "plan"), TimeProvider.System, removeOnRelease: false, out _)!.Dispose();
        disk.MakeReadOnly();
        AssertCannotWrite(Path.Combine(disk.Path, "plan"), "Read-only file system");
        AssertCannotWrite(Path.Combine(disk.Path, "locks", "plan"), "Read-only file system");
    }

    [SmallDiskFact]
    public void A_lock_on_a_disk_without_room_for_files_is_a_fault_and_not_somebody_elses()
    {
        using var disk = new SmallDisk(1 << 20);
        using (Process mount = Process.Start("mount", ["-o", "remount,nr_inodes=2", disk.Path])) mount.WaitForExit();
        Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 3; i++) File.WriteAllText(Path.Combine(disk.Path, $"ballast{i}"), "");
        });
        AssertCannotWrite(Path.Combine(disk.Path, "plan"), "No space left on device");
    }

    [Fact]
    public void A_folder_in_the_place_of_a_lock_is_a_fault_and_not_somebody_elses()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("plan.lock"));
        AssertCannotWrite(folder.File("plan"), "denied");
    }

    [Fact]
    public void A_lock_whose_files_were_deleted_is_taken_again_at_the_next_heartbeat()
    {
        using var folder = new TempFolder();
        string locks = folder.File("locks"), name = Path.Combine(locks, "plan");
        using FileLease taken = FileLease.TryTake(name, TimeProvider.System, removeOnRelease: true, out _)!;
        Directory.Delete(locks, recursive: true);
        taken.Beat();

        Assert.False(taken.Lost);
        Assert.True(FileLease.IsHeld(name, TimeProvider.System));
        Assert.Null(FileLease.TryTake(name, TimeProvider.System, removeOnRelease: false, out LeaseHolder? holder));
        Assert.Equal(Environment.ProcessId, holder!.Pid);
        taken.Dispose();
        Assert.Empty(Directory.GetFiles(locks));
    }

    [Fact]
    public void Releasing_twice_leaves_the_next_holder_alone()
    {
        using var folder = new TempFolder();
        FileLease first = Take(folder, out _)!;
        first.Dispose();
        using FileLease? next = Take(folder, out _);
        first.Dispose();
        Assert.True(File.Exists(folder.File("plan.json")));
        Assert.True(FileLease.IsHeld(folder.File("plan"), TimeProvider.System));
    }

    [Fact]
    public void A_lock_another_host_wrote_itself_into_meanwhile_is_given_up()
    {
        using var folder = new TempFolder();
        FileLease taken = Take(folder, out _)!;
        File.WriteAllBytes(folder.File("plan.json"), Elsewhere.ToJson());

        Assert.Null(FileLease.Confirm(taken, out LeaseHolder? holder));
        Assert.Equal("elsewhere", holder!.Host);
        Assert.Equal("elsewhere", LeaseHolder.TryRead(folder.File("plan.json"))!.Host);
        using var free = new FileStream(folder.File("plan.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_lock_that_another_host_took_over_is_lost_and_left_to_it_whatever_its_clock_says()
    {
        using var folder = new TempFolder();
        using (FileLease taken = Take(folder, out _)!)
        {
            taken.Beat();
            Assert.False(taken.Lost);
            File.WriteAllBytes(folder.File("plan.json"), Elsewhere.ToJson());
            var takers = new List<LeaseHolder>();
            taken.WhenLost(takers.Add);
            Assert.Empty(takers);
            taken.Beat();
            Assert.True(taken.Lost);
            taken.Beat();
            Assert.Equal("elsewhere", Assert.Single(takers).Host);
            taken.WhenLost(takers.Add);
            Assert.Equal(2, takers.Count);
        }

        Assert.Equal("elsewhere", LeaseHolder.TryRead(folder.File("plan.json"))!.Host);
    }

    [Fact]
    public void A_lock_of_a_host_long_silent_can_be_had()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("plan.json"), Elsewhere.ToJson());
        using FileLease? taken = Take(folder, out _);
        Assert.NotNull(taken);
        taken.Beat();
        Assert.False(taken.Lost);
        Assert.True(LeaseHolder.TryRead(folder.File("plan.json"))!.IsHere);
    }

    private static FileLease? Take(TempFolder folder, out LeaseHolder? holder) =>
        FileLease.TryTake(folder.File("plan"), TimeProvider.System, removeOnRelease: false, out holder);

    private static void AssertCannotWrite(string name, string reason)
    {
        var fault = Assert.Throws<StoreException>(() => FileLease.TryTake(name, TimeProvider.System, removeOnRelease: false, out _));
        Assert.StartsWith($"cannot write '{name}.lock'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }
}
