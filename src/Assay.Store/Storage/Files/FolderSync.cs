using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Storage;

/// <summary>Syncs a folder's list of files: on Unix a synced file can be missing after a power failure without that.</summary>
internal static class FolderSync
{
    // Of the file systems without this, some say so and others call it invalid: EINVAL, EROFS, and ENOTSUP of Linux and of macOS.
    private static readonly int[] Unsupported = [22, 30, 95, 45];

    /// <exception cref="IOException">The disk reported a fault.</exception>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;
        int handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        // A folder that may be written and not read cannot be synced; its files still are.
        if (handle < 0) return;
        try
        {
            if (FSync(handle) == 0) return;
            int error = Marshal.GetLastPInvokeError();
            if (Unsupported.Contains(error)) return;
            throw new IOException($"the folder '{folder}' could not be synced: {new Win32Exception(error).Message}");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    // The framework opens no folders, so its own sync cannot be had for them.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}

/// <summary>Tells pipes, sockets and devices from files without opening them, on Linux; elsewhere nothing is special.</summary>
internal static class SpecialFile
{
    private const int CurrentFolder = -100;
    private const uint OnlyType = 1;
    private const int Size = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path leads, through any links, to something that is neither a file nor missing.</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux()) return false;
        byte[] facts = new byte[Size];
        try
        {
            // What cannot be looked at is left to those who open it: they have a message for it.
            return Look(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, OnlyType, facts) == 0
                && (BitConverter.ToUInt16(facts, ModeOffset) & TypeBits) != Regular;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Old C libraries do not have the call.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Look(int folder, byte[] path, int flags, uint wanted, byte[] facts);
}
