using System.Diagnostics;
using System.Globalization;

namespace Assay.Tests;

/// <summary>A real file system of its own in memory, which can be small, full or read-only. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<bool> Possible = new(() =>
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            new SmallDisk(1 << 20).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    });

    private readonly TempFolder _folder = new();

    public SmallDisk(long bytes)
    {
        try
        {
            Mount("-t", "tmpfs", "-o", Size(bytes), "tmpfs", Path);
        }
        catch (IOException)
        {
            _folder.Dispose();
            throw;
        }
    }

    public static bool IsPossible => Possible.Value;

    public string Path => _folder.Path;

    public string Store => _folder.File("store");

    public void Resize(long bytes) => Mount("-o", "remount," + Size(bytes), Path);

    public void MakeReadOnly() => Mount("-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static string Size(long bytes) => "size=" + bytes.ToString(CultureInfo.InvariantCulture);

    private static void Mount(params string[] arguments) => Run("mount", arguments);

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"{program} {string.Join(' ', arguments)}: {error}");
    }
}

/// <summary>
/// A test that mounts a file system. Left out, visibly, where that is not allowed; another test covers the same by a limit on file sizes.
/// </summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible) Skip = "needs Linux and the right to mount a file system";
    }
}
