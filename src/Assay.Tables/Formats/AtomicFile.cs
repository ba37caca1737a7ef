namespace Assay.Tables;

/// <summary>
/// Writes a file under a temporary name in its own folder and renames it when it is whole, so that a reader sees the old file
/// or the new one and never a half.
/// </summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = Prepare(path, out string target);
        try
        {
            using (FileStream stream = Create(temporary)) write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string Prepare(string path, out string target)
    {
        target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new TableException($"'{path}' is a folder; give the name of a file.");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
}
