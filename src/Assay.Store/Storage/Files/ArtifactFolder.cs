using System.Security.Cryptography;

namespace Assay.Storage;

/// <summary>Blobs by SHA-256: whole under their final names, which they get by renaming. Thread-safe, also between processes.</summary>
internal sealed class ArtifactFolder(StoreLayout layout)
{
    public StoredArtifact Put(byte[] content)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        return TryRenew(layout.Artifact(sha256), content.Length)
            ? Stored(sha256, content.Length) : Put(new MemoryStream(content, writable: false));
    }

    public StoredArtifact Put(Stream content)
    {
        string temporary = NewTemporary();
        try
        {
            (string sha256, long size) = Copy(content, temporary);
            string final = layout.Artifact(sha256);
            if (!TryRenew(final, size)) Finish(temporary, final);
            return Stored(sha256, size);
        }
        finally
        {
            // Gone after a rename; there when the content is kept already, or the given stream or the disk failed.
            StoreLeftovers.TryDelete(temporary);
        }
    }

    private static (string Sha256, long Size) Copy(Stream content, string temporary)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        using FileStream stream = StoreFaults.Writing(
            temporary, () => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        byte[] block = new byte[1 << 16];
        int read;
        while ((read = content.Read(block)) > 0)
        {
            hash.AppendData(block, 0, read);
            size += read;
            Write(temporary, stream, block.AsSpan(0, read), last: false);
        }

        Write(temporary, stream, []);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    public StoredArtifact? Find(string sha256) =>
        ArtifactAddress.TryParse(sha256) is not null && layout.Artifact(sha256) is var path && IsOwn(path)
            && new FileInfo(path) is { Exists: true } file
            ? new StoredArtifact(sha256, file.Length, file.LastWriteTimeUtc) : null;

    public FileStream? Open(string sha256) => Find(sha256) is null ? null
        : new FileStream(layout.Artifact(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <summary>Files whose names are addresses.</summary>
    public IEnumerable<StoredArtifact> All() => Files().Select(f => Find(f.Name)).OfType<StoredArtifact>();

    /// <summary>Every file where artifacts are, with the address its name would be.</summary>
    public IEnumerable<(string Name, string Path)> Files() => Directory.Exists(layout.Artifacts)
        ? Directory.EnumerateDirectories(layout.Artifacts).Where(d => Path.GetFileName(d).Length == 2 && !StoreEntry.IsForeign(d))
            .SelectMany(d => Directory.EnumerateFiles(d).Select(f => (Path.GetFileName(d) + Path.GetFileName(f), f)))
        : [];

    private static bool IsOwn(string path) => !StoreEntry.IsForeign(path) && !StoreEntry.IsForeign(Path.GetDirectoryName(path)!);

    private static StoredArtifact Stored(string sha256, long size) => new(sha256, size, TimeProvider.System.GetUtcNow());

    // A blob of another length is damaged: writing the content again repairs it. One that is there is as good as new, and must look so to a
    // cleanup on another host, which leaves alone what is new; where the time cannot be set (a file of another user, a file system
    // without), or the file has just gone, it is written anew.
    private static bool TryRenew(string path, long size)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.Length != size || !IsOwn(path)) return false;
        return StoreFaults.Or(false, () =>
        {
            // The time of the machine, as of any file that is written, whatever clock the runs go by.
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return File.Exists(path);
        });
    }

    private string NewTemporary()
    {
        string folder = layout.Incoming;
        StoreFaults.Writing(folder, () => Directory.CreateDirectory(folder));
        // Containers may share host name and process number, and a store.
        return Path.Combine(folder, Path.GetRandomFileName());
    }

    private static void Write(string path, FileStream stream, ReadOnlySpan<byte> content, bool last = true)
    {
        try
        {
            stream.Write(content);
            if (last) stream.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (StoreFaults.IsOfWriting(fault))
        {
            // Before the message is made, which takes its time: what did not fit would keep other writers from their room meanwhile.
            stream.Dispose();
            StoreLeftovers.TryDelete(path);
            throw StoreFaults.CannotWrite(path, fault);
        }
    }

    private void Finish(string temporary, string final) => StoreFaults.Writing(final, () =>
    {
        string folder = Path.GetDirectoryName(final)!;
        StoreEntry.RequireOwn(folder);
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        File.Move(temporary, final, overwrite: true);
        foreach (string changed in isNew ? (string[])[folder, layout.Artifacts, layout.Root] : [folder]) FolderSync.Sync(changed);
        return final;
    });
}
