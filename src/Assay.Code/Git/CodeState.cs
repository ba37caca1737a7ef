namespace Assay.Git;

/// <summary>The code of a session: the commit, what was uncommitted, and the commit that holds both, or why there is none.</summary>
internal sealed record CodeState(
    string Head, string HeadBranch, IReadOnlyList<string> Changes, string? Remote, Snapshot? Snapshot, IReadOnlyList<LeftOut> LeftOut,
    string? Fault)
{
    // Workers get the record in their environment, whose size is limited.
    private const int MostChanges = 200;
    private const int MostLeftOut = 100;
    private const int LongestList = 30_000;
    private const string Heads = "refs/heads/";

    /// <summary>The commit that holds the code: the snapshot, else the commit checked out.</summary>
    public string Commit => Snapshot?.Commit ?? Head;

    /// <summary>What <c>git checkout</c> takes: the snapshot's branch or ref, else the branch, else the commit (HEAD moves on).</summary>
    public string Branch => Snapshot is { Ref: var name } ? name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : name
        : HeadBranch.Length > 0 ? HeadBranch : Head;

    public bool Dirty => Changes.Count > 0;

    /// <summary>The current folder, relative to the working tree's root, with slashes; empty at the root.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Reads the state around a folder and makes a snapshot if the options ask for it, or says why there is none.</summary>
    public static (CodeState? State, string? Why) Read(string folder, string store, SnapshotOptions options, string name)
    {
        try
        {
            GitRepository? repository = GitRepository.Find(folder, out string? why);
            return repository is null ? (null, why) : (Read(repository, store, options, name), null);
        }
        catch (Exception fault) when (fault is GitException or IOException or UnauthorizedAccessException)
        {
            // Runs do not depend on git: the record contains the reason instead of the code.
            return (null, fault.Message);
        }
    }

    private static CodeState Read(GitRepository repository, string store, SnapshotOptions options, string name)
    {
        var status = WorkTreeStatus.Read(repository);
        IReadOnlyList<string> inside = repository.Inside(store);
        string[] changes = [.. status.Outside(inside).Select(change => change.ToString())];
        var state = new CodeState(status.Head, status.Branch, changes, repository.Remote(), null, [], null) { Folder = repository.Prefix };
        if (changes.Length == 0 || options.Kind == SnapshotKind.None) return state;
        try
        {
            var contents = new SnapshotContents(repository, status, inside, options);
            string? branch = options.Kind == SnapshotKind.Branch ? name : null;
            return state with
            {
                Snapshot = Snapshot.Make(repository, status.Head, contents, branch, Path.GetTempPath()),
                LeftOut = contents.LeftOut,
            };
        }
        catch (Exception fault) when (fault is GitException or IOException or UnauthorizedAccessException)
        {
            return state with { Fault = fault.Message };
        }
    }

    /// <summary>Writes the object that each run has.</summary>
    public void WriteShort(JsonBuffer json) => WriteStart(json).Raw((byte)'}');

    /// <summary>Writes the object that the session has.</summary>
    public void WriteFull(JsonBuffer json)
    {
        WriteStart(json).Raw(",\"head\":"u8).String(Head).Raw(",\"head_branch\":"u8).String(HeadBranch)
            .Raw(",\"changes\":"u8).Integer(Changes.Count).Raw(",\"status\":"u8);
        int length = 0;
        json.Strings(Changes.Take(MostChanges).TakeWhile(change => (length += change.Length) < LongestList));
        json.Raw(",\"folder\":"u8).String(Folder);
        if (Remote is not null) json.Raw(",\"remote\":"u8).String(Remote);
        if (Snapshot is not null)
        {
            json.Raw(",\"snapshot\":{\"commit\":"u8).String(Snapshot.Commit).Raw(",\"ref\":"u8).String(Snapshot.Ref).Raw(",\"remarks\":"u8);
            json.Strings(Snapshot.Remarks);
            if (Snapshot.Altered.Count > 0) json.Raw(",\"altered\":"u8).Integer(Snapshot.Altered.Count);
            json.Raw((byte)'}');
        }

        if (LeftOut.Count > 0) WriteLeftOut(json);
        if (Fault is not null) json.Raw(",\"fault\":"u8).String(Fault);
        json.Raw((byte)'}');
    }

    private JsonBuffer WriteStart(JsonBuffer json) => json
        .Raw("{\"commit\":"u8).String(Commit).Raw(",\"branch\":"u8).String(Branch).Raw(",\"dirty\":"u8).Boolean(Dirty);

    private void WriteLeftOut(JsonBuffer json)
    {
        int length = 0;
        json.Raw(",\"left_out_count\":"u8).Integer(LeftOut.Count).Raw(",\"left_out\":["u8);
        foreach ((int i, LeftOut file) in LeftOut.Take(MostLeftOut).TakeWhile(file => (length += file.Path.Length) < LongestList).Index())
        {
            json.Raw(i == 0 ? ""u8 : ","u8).Raw("{\"path\":"u8).String(file.Path).Raw(",\"reason\":"u8).String(file.Reason);
            if (file.Size is { } size) json.Raw(",\"size\":"u8).Integer(size);
            json.Raw((byte)'}');
        }

        json.Raw((byte)']');
    }
}
