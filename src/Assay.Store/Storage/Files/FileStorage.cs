namespace Assay.Storage;

/// <summary>A store in a folder, whose layout is described in <c>docs/design/0005-store.md</c>. Thread-safe.</summary>
public sealed class FileStorage : StorageBackend
{
    private readonly ArtifactFolder _artifacts;

    /// <summary>The store in a folder, which need not exist yet.</summary>
    /// <param name="path">The folder. Relative paths count from the current one.</param>
    public FileStorage(string path) => _artifacts = new ArtifactFolder(Layout = new StoreLayout(Path.GetFullPath(path)));

    /// <summary>The names of the files and folders at the top of a store.</summary>
    public static IReadOnlyList<string> Entries => StoreLayout.Entries;

    internal StoreLayout Layout { get; }

    /// <summary>Whether the user named it, so that it is written to whoever owns it. Default: yes.</summary>
    internal bool IsNamed { get; init; } = true;

    /// <inheritdoc/>
    public override bool IsReadOnly => !IsNamed && StoreEntry.OtherOwner(Layout.Root) is not null;

    /// <inheritdoc/>
    public override string Address => Layout.Root;

    /// <inheritdoc/>
    public override string RealAddress => RealPath.Of(Layout.Root);

    /// <inheritdoc/>
    public override string CacheFolder => Layout.Index;

    /// <inheritdoc/>
    public override byte[]? ReadDescription()
    {
        if (File.Exists(Layout.Root)) throw StoreFaults.IsFile(Layout.Root, Layout.Root);
        StoreEntry.RequireOwn(Layout.Own);
        return File.Exists(Layout.Description) ? File.ReadAllBytes(Layout.Description) : null;
    }

    /// <inheritdoc/>
    public override void WriteDescription(ReadOnlySpan<byte> description)
    {
        RequireWritable();
        if (FileInTheWay(Layout.Root) is { } file) throw StoreFaults.IsFile(Layout.Root, file);
        StoreEntry.RequireOwn(Layout.Own);
        try
        {
            bool isOurs = !Directory.Exists(Layout.Root) || !Directory.EnumerateFileSystemEntries(Layout.Root).Any();
            Directory.CreateDirectory(Layout.Journals);
            AtomicFile.Write(Layout.Description, description);
            if (isOurs) IgnoreInGit();
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw StoreFaults.CannotWrite(Layout.Root, fault);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<JournalInfo> ListJournals(JournalArea area) =>
        [.. Layout.FilesOf(area).Select(Look).OfType<JournalInfo>()];

    /// <inheritdoc/>
    public override string Locate(JournalArea area, string name) => Path.Combine(Layout.FolderOf(area), name);

    /// <inheritdoc/>
    public override JournalAppender CreateJournal(JournalArea area, string name, bool durable = true)
    {
        RequireWritable();
        bool isNew = !Directory.Exists(Layout.FolderOf(area));
        FileJournal journal = FileJournal.Create(Locate(area, name), durable);
        if (!isNew) return journal;
        return StoreFaults.Writing(Layout.Root, () =>
        {
            FolderSync.Sync(Layout.Root);
            return journal;
        });
    }

    /// <inheritdoc/>
    public override void WriteJournal(JournalArea area, string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        RequireWritable();
        string folder = Layout.FolderOf(area), path = Locate(area, name);
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        if (!AtomicFile.TryCreate(path, write))
            throw new StoreException($"the journal '{path}' exists already; expected a new name. Nothing was changed.");
        if (isNew) FolderSync.Sync(Layout.Root);
    }

    /// <inheritdoc/>
    public override JournalSource OpenJournal(JournalArea area, string name)
    {
        string path = Locate(area, name);
        // Readers pass over a journal that cannot be read, and say so.
        return StoreEntry.IsForeign(path) ? throw new IOException(StoreEntry.Foreign(path).Message) : new FileSource(path);
    }

    /// <inheritdoc/>
    public override void DeleteJournal(JournalArea area, string name) => Delete(Locate(area, name));

    /// <inheritdoc/>
    public override void Settle(JournalArea area) => FolderSync.Sync(Layout.FolderOf(area));

    /// <inheritdoc/>
    public override StoredArtifact PutArtifact(Stream content) => _artifacts.Put(content);

    /// <inheritdoc/>
    public override StoredArtifact PutArtifact(byte[] content) => _artifacts.Put(content);

    /// <inheritdoc/>
    public override StoredArtifact? FindArtifact(string sha256) => _artifacts.Find(sha256);

    /// <inheritdoc/>
    public override Stream? OpenArtifact(string sha256) => _artifacts.Open(sha256);

    /// <inheritdoc/>
    public override IEnumerable<StoredArtifact> ListArtifacts() => _artifacts.All();

    /// <inheritdoc/>
    public override void DeleteArtifact(string sha256)
    {
        if (_artifacts.Find(sha256) is not null) Delete(Layout.Artifact(sha256));
    }

    /// <inheritdoc/>
    public override Lease? TryTakeLease(string name, LeaseKind kind, TimeProvider clock, out LeaseHolder? holder)
    {
        RequireWritable();
        return FileLease.TryTake(Layout.Lock(name), clock, kind == LeaseKind.Writer, out holder);
    }

    /// <inheritdoc/>
    public override bool IsLeased(string name, TimeProvider clock) => FileLease.IsHeld(Layout.Lock(name), clock);

    /// <inheritdoc/>
    public override bool IsLeasedHere(string name) => FileLease.IsHeldHere(Layout.Lock(name));

    /// <inheritdoc/>
    public override LeaseHolder? FindHolder(string name) => LeaseHolder.TryRead(Layout.Lock(name) + ".json");

    /// <inheritdoc/>
    public override IReadOnlyList<string> ListLeases() => Directory.Exists(Layout.Locks)
        ? [.. Directory.EnumerateFiles(Layout.Locks, "*.lock").Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <inheritdoc/>
    public override void RemoveLeftovers(TimeProvider clock)
    {
        FileLease.RemoveDead(Layout, clock);
        StoreLeftovers.Remove(Layout, clock);
    }

    // Whoever writes takes a lease or a journal first, so artifacts and deletions need no check of their own.
    private void RequireWritable()
    {
        if (!IsNamed && StoreEntry.OtherOwner(Layout.Root) is { } other)
        {
            throw new StoreException($"the store '{Layout.Root}' belongs to another user (number {other.Owner}; this one is {other.User}). "
                + "It was found at or above the current folder and not named, so it is only read. Expected a store of your own; to write "
                + "to this one, name it: --store, ASSAY_DIR, or the option Store.");
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // What is in a folder that does not exist does not exist either.
        }
    }

    private static string? FileInTheWay(string path)
    {
        for (string? part = path; part is not null && !Directory.Exists(part); part = Path.GetDirectoryName(part))
            if (File.Exists(part)) return part;

        return null;
    }

    // Null when the file has just gone. What cannot be read has a length too, so that its reader reports why.
    private static JournalInfo? Look(string path)
    {
        var unreadable = new JournalInfo(Path.GetFileName(path), 1, 0);
        if (StoreEntry.IsForeign(path)) return unreadable;
        return StoreFaults.Or<JournalInfo?>(
            unreadable,
            () => new FileInfo(path) is { Exists: true } file
                ? new JournalInfo(file.Name, file.Length, file.LastWriteTimeUtc.Ticks) : null);
    }

    // Results are data, not source: without this file a store in a repository would make every working tree look changed. Not in a folder
    // with other files, which it would hide too.
    private void IgnoreInGit()
    {
        string ignore = Path.Combine(Layout.Root, ".gitignore");
        if (!File.Exists(ignore)) AtomicFile.Write(ignore, "*\n"u8);
    }
}
