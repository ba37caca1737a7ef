using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Storage;

/// <summary>
/// Tells pipes, sockets and devices from files. Nothing is opened: to open a pipe is to wait for its writer. Linux is asked; on other
/// systems nothing counts as special.
/// </summary>
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
