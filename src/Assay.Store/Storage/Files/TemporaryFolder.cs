using System.Buffers;
using System.Security.Cryptography;

namespace Assay.Storage;

/// <summary>
/// A folder for what git writes in passing: nobody else can look into it, because it may hold code, and it is gone when this is disposed. What killed processes have left is removed
/// by the next one, after a day.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>How the names of these folders begin.</summary>
    public const string Prefix = "assay-git-";

    /// <summary>Who may look into one.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int ChanceLength = 16;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <param name="above">Where it is made; the system's folder for temporary files, but for tests.</param>
    public static TemporaryFolder Make(string above)
    {
        // Files have the times of the system, whatever clock runs go by.
        StoreLeftovers.RemoveFolders(above, TimeProvider.System);
        string path = System.IO.Path.Combine(above, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChanceLength)));
        // Windows has a folder for temporary files for each user.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return new TemporaryFolder(path);
    }

    /// <summary>Whether a name is that of such a folder. What a person calls alike is that person's.</summary>
    public static bool IsName(string name) =>
        name.Length == Prefix.Length + (2 * ChanceLength) && name.StartsWith(Prefix, StringComparison.Ordinal) && name.AsSpan(Prefix.Length).IndexOfAnyExcept(Hex) < 0;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Delete(Path);

    /// <summary>Deletes such a folder with everything in it.</summary>
    public static void Delete(string path)
    {
        if (!Directory.Exists(path)) return;
        // Git writes its objects so that nobody can write to them, which Windows takes for a reason not to delete them.
        foreach (string file in OperatingSystem.IsWindows() ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : []) System.IO.File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(path, recursive: true);
    }
}
