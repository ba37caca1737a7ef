using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Storage;

/// <summary>
/// The type of an entry of a folder that may be a stranger's, asked before it is opened: a link may lead to the user's own files, and to
/// open a pipe is to wait for its writer. Nothing is opened, and no link is followed. On Windows and macOS only links are known.
/// Thread-safe.
/// </summary>
public static class StoreEntry
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOwnerIdentity = 1 | 8 | 0x100 | 0x800;
    private const int Size = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int NumberOffset = 32;
    private const int BirthOffset = 80;
    private const int BirthSize = 12;
    private const int TypeBits = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    /// <summary>Whether there is something at a path that is neither a file nor a folder: a link, pipe, socket or device.</summary>
    public static bool IsForeign(string path) => OperatingSystem.IsLinux() && Ask(path) is { } facts
        ? Type(facts) is not (Regular or Folder)
        : new FileInfo(path).LinkTarget is not null;

    /// <summary>The numbers of the owner of a path and of this user, where they differ; null also where they are not known.</summary>
    internal static (uint Owner, uint User)? OtherOwner(string path)
    {
        if (!OperatingSystem.IsLinux() || Ask(path, follow: true) is not { } facts) return null;
        (uint owner, uint user) = (BitConverter.ToUInt32(facts, OwnerOffset), EffectiveUser());
        return owner == user ? null : (owner, user);
    }

    /// <summary>
    /// A folder as this machine knows it, by its number and the time it was made; a copy or clone has another identity, which its maker
    /// cannot foresee. Empty where there is no such folder.
    /// </summary>
    internal static string IdentityOf(string folder)
    {
        if (!Directory.Exists(folder)) return "";
        return OperatingSystem.IsLinux() && Ask(folder) is { } facts
            ? Convert.ToHexStringLower(facts.AsSpan(NumberOffset, sizeof(ulong)))
                + Convert.ToHexStringLower(facts.AsSpan(BirthOffset, BirthSize))
            : Directory.GetCreationTimeUtc(folder).Ticks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Refuses paths at which there is something else than a file, a folder or nothing.</summary>
    /// <exception cref="StoreException">One of the paths is a link, pipe, socket or device.</exception>
    public static void RequireOwn(params IEnumerable<string> paths)
    {
        foreach (string path in paths)
            if (IsForeign(path)) throw Foreign(path);
    }

    internal static StoreException Foreign(string path)
    {
        string what = new FileInfo(path).LinkTarget is { } target ? $"a link to '{target}'" : "a pipe, a socket or a device";
        return new StoreException($"'{path}' is {what}; expected a file or folder of the store's own. Nothing of it was read or written. "
            + "Remove it, or put a copy in its place. A store that is to be elsewhere is itself a link, or is named by its path.");
    }

    private static int Type(byte[] facts) => BitConverter.ToUInt16(facts, ModeOffset) & TypeBits;

    // Null where there is nothing, or nothing that can be looked at: who opens it has a message for that. Old C libraries lack the call.
    private static byte[]? Ask(string path, bool follow = false)
    {
        byte[] facts = new byte[Size];
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        try
        {
            return Look(CurrentFolder, name, follow ? 0 : NoFollow, TypeOwnerIdentity, facts) == 0 ? facts : null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Look(int folder, byte[] path, int flags, uint wanted, byte[] facts);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
