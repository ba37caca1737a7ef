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
