using System.Security.Cryptography;
using System.Text;

namespace Assay.Cli;

/// <summary>
/// The ids of the last list of a store, so that its third run can be called <c>@3</c>. Kept in the cache of the user and not in the store: asking changes no store, which may be
/// read-only or shared. It is a comfort: what cannot be kept is not kept.
/// </summary>
internal sealed class LastList(string? cache, string store)
{
    private const int MostIds = 1000;
    private const int MostStores = 100;

    private string Folder => Path.Combine(cache!, "lists");

    private string File => Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store)))[..16] + ".txt");

    /// <summary>The ids in the order of the list; none when no list is known.</summary>
    public IReadOnlyList<string> Ids()
    {
        if (cache is null || !System.IO.File.Exists(File)) return [];
        try
        {
            return System.IO.File.ReadAllLines(File);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void Remember(IEnumerable<string> ids)
    {
        if (cache is null) return;
        try
        {
            Directory.CreateDirectory(Folder);
            AtomicFile.Write(File, Encoding.ASCII.GetBytes(string.Concat(ids.Take(MostIds).Select(id => id + "\n"))), durable: false);
            foreach (FileInfo old in new DirectoryInfo(Folder).EnumerateFiles("*.txt").OrderByDescending(f => f.LastWriteTimeUtc).Skip(MostStores)) old.Delete();
        }
        // A full disk or a read-only home must not keep anybody from listing runs.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
        }
    }

    /// <summary>Where this user's programs keep what they can do without; null when there is no such folder.</summary>
    public static string? UserCache()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)) return Path.Combine(named, "assay");
        if (OperatingSystem.IsWindows()) return Under(Environment.SpecialFolder.LocalApplicationData, "assay", "cache");
        return Under(Environment.SpecialFolder.UserProfile, ".cache", "assay");
    }

    private static string? Under(Environment.SpecialFolder folder, params string[] parts) =>
        Environment.GetFolderPath(folder) is { Length: > 0 } root ? Path.Combine([root, .. parts]) : null;
}
