using System.Globalization;
using System.Text;

namespace Assay.Questions;

/// <summary>
/// The ids of the last list of a store, so that its third run can be called <c>@3</c>. Kept in the cache of the user and not in the store:
/// asking changes no store, which may be read-only or shared. It is a comfort: what cannot be kept is not kept.
/// </summary>
internal sealed class LastList(string? cache, string store)
{
    private const int MostIds = 1000, MostStores = 100;

    private string Folder => Path.Combine(cache!, "lists");

    // FNV-1a: the first use of a cryptographic hash takes long. The first line distinguishes stores with the same hash.
    private string File
    {
        get
        {
            uint hash = 2166136261;
            foreach (byte part in Encoding.UTF8.GetBytes(store)) hash = unchecked((hash ^ part) * 16777619);
            return Path.Combine(Folder, hash.ToString("x8", CultureInfo.InvariantCulture) + ".txt");
        }
    }

    /// <summary>The ids in the order of the list; none when no list is known.</summary>
    public IReadOnlyList<string> Ids()
    {
        if (cache is null || !System.IO.File.Exists(File)) return [];
        try
        {
            return System.IO.File.ReadAllLines(File) is [var of, .. var ids] && of == store ? ids : [];
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
            bool isNew = !System.IO.File.Exists(File);
            AtomicFile.Write(
                File, Encoding.UTF8.GetBytes(string.Concat(ids.Take(MostIds).Prepend(store).Select(line => line + "\n"))), durable: false);
            if (!isNew) return;
            FileInfo[] lists = [.. new DirectoryInfo(Folder).EnumerateFiles("*.txt").OrderByDescending(f => f.LastWriteTimeUtc)];
            foreach (FileInfo old in lists.Skip(MostStores)) old.Delete();
        }
        // A full disk or a read-only home must not keep anybody from listing runs.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
        }
    }
}
