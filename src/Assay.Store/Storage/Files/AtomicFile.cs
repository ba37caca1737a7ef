namespace Assay.Storage;

/// <summary>
/// Writes a whole file under a temporary name in the same folder and renames it, so that a reader sees the old file or the new one and
/// never a part. The content is flushed to the disk before the rename: a power failure cannot leave an empty file under the final name.
/// Thread-safe.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="durable">Whether to wait for the disk; false for content that is of no use after a restart.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool durable = true)
    {
        byte[] bytes = content.ToArray();
        Write(path, stream => stream.Write(bytes), durable);
    }

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <param name="durable">Whether to wait for the disk; false for content that is of no use after a restart.</param>
    public static void Write(string path, Action<Stream> write, bool durable = true) =>
        Write(path, write, durable, temporary => File.Move(temporary, path, overwrite: true));

    /// <summary>Writes a new file through a stream. A file of that name is never replaced.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <param name="durable">Whether to wait for the disk; false for content that is of no use after a restart.</param>
    /// <returns>False when the name is taken.</returns>
    public static bool TryCreate(string path, Action<Stream> write, bool durable = true)
    {
        bool isTaken = File.Exists(path);
        if (!isTaken) Write(path, write, durable, Rename);
        return !isTaken;

        // Another writer may have taken the name meanwhile.
        void Rename(string temporary)
        {
            try
            {
                File.Move(temporary, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                isTaken = true;
                File.Delete(temporary);
            }
        }
    }

    private static void Write(string path, Action<Stream> write, bool durable, Action<string> rename)
    {
        // Containers may share host name and process number, and a folder.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: durable);
            }

            rename(temporary);
            if (durable) FolderSync.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            StoreLeftovers.TryDelete(temporary);
            throw;
        }
    }
}
