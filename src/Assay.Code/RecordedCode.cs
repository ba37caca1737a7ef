namespace Assay;

/// <summary>The code of a run, as its journal has it. Immutable.</summary>
public sealed record RecordedCode
{
    private RecordedCode(string runId, RecordedSession? session) => (RunId, Session) = (runId, session);

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The commit with the code: the snapshot, where one was made. Empty when there is none.</summary>
    public string Commit { get; private init; } = "";

    /// <summary>The commit that was checked out, on which a snapshot is made; <see cref="Commit"/> where that is unknown.</summary>
    internal string Head { get; private init; } = "";

    /// <summary>The name that <c>git checkout</c> takes: a branch, a ref or the commit.</summary>
    public string Branch { get; private init; } = "";

    /// <summary>The folder the program was started in, from the root of the working tree, with slashes; null when unknown.</summary>
    public string? Folder { get; private init; }

    /// <summary>The address of the remote repository; null without one.</summary>
    public string? Remote { get; private init; }

    /// <summary>The uncommitted files that the snapshot does not hold; of many the first ones.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; private init; } = [];

    /// <summary>The number of uncommitted files that the snapshot does not hold.</summary>
    public long LeftOutCount { get; private init; }

    /// <summary>The remarks that were made with the snapshot, in clauses.</summary>
    public IReadOnlyList<string> SnapshotRemarks { get; private init; } = [];

    /// <summary>The reason why uncommitted changes could not be kept; null when they were, or there were none.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether the commit holds the code exactly.</summary>
    public bool Exact { get; private init; }

    /// <summary>The differences between the commit and the code that ran, in clauses.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>The facts about the program; null when the journal has none or they are damaged.</summary>
    public RecordedSession? Session { get; }

    /// <summary>Reads the code state of a run.</summary>
    /// <param name="run">The run.</param>
    public static RecordedCode Read(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RecordedSession? session = run.ReadSession();
        IReadOnlyDictionary<string, object?> git = run.Git;
        LeftOut[] leftOut = git.GetValueOrDefault("left_out") is object?[] list
            ? [.. list.OfType<IReadOnlyDictionary<string, object?>>().Select(File)]
            : [];
        long count = git.GetValueOrDefault("left_out_count") as long? ?? leftOut.Length;
        var snapshot = git.GetValueOrDefault("snapshot") as IReadOnlyDictionary<string, object?>;
        // Records of exprag mark a snapshot by the name of the branch alone.
        bool isNamed = !git.ContainsKey("head") && Text(git, "branch")?.StartsWith("run/", StringComparison.Ordinal) == true;
        bool isKept = git.GetValueOrDefault("dirty") is not true || git.ContainsKey("snapshot") || isNamed
            || (count > 0 && count == git.GetValueOrDefault("changes") as long?);
        var code = new RecordedCode(run.Id, session)
        {
            Commit = Text(git, "commit")?.ToLowerInvariant() ?? "",
            Head = Text(git, "head") is { } head && IsCommit(head) ? head : Text(git, "commit") ?? "",
            Branch = Text(git, "branch") ?? "",
            Folder = Text(git, "folder"),
            Remote = Text(git, "remote"),
            LeftOut = leftOut,
            LeftOutCount = count,
            SnapshotRemarks = snapshot?.GetValueOrDefault("remarks") is object?[] remarks ? [.. remarks.OfType<string>()] : [],
            Fault = Text(git, "fault"),
            Exact = isKept && count == 0 && (snapshot?.GetValueOrDefault("altered") as long? ?? 0) == 0,
        };
        return code with { Remarks = [.. code.Differences(isKept)] };
    }

    /// <summary>Reads the code of a run that is to be restored or compared.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="AssayException">The run has no code recorded.</exception>
    public static RecordedCode Of(RunRecord run)
    {
        var code = Read(run);
        if (code.Commit.Length > 0) return code;
        string? why = code.Session?.GitFault ?? (run.Git.Count > 0 ? "the repository had no commit yet" : null);
        string where = code.Session?.Folder is { } folder ? $" It ran in '{folder}'." : "";
        throw new QuestionException(
            $"run {run.Id} has no code recorded{(why is null ? "" : $": {why}")}.{where} Expected a program that runs within a git "
                + "repository, with Snapshot not Off; what is known of its code",
            $"tells 'assay why {run.Id[..8]}'.", "tells explain_run.");
    }

    /// <summary>The folder in a checkout of the code that the program was started in.</summary>
    /// <param name="checkout">The folder of the checkout.</param>
    /// <exception cref="AssayException">It is outside of the checkout, or belongs to git.</exception>
    public string FolderIn(string checkout)
    {
        if (string.IsNullOrEmpty(Folder)) return checkout;
        bool isWithin = !Path.IsPathRooted(Folder) && !Folder.Contains('\0', StringComparison.Ordinal)
            && !Folder.Split('/', '\\').Any(part => part is ".." or ".git");
        if (isWithin && RealPath.IsWithin(Path.Combine(checkout, Folder), checkout)) return Path.Combine(checkout, Folder);
        throw new AssayException($"run {RunId} says that it was started in the folder '{Folder}' of its repository; "
            + "expected a folder within it. Its journal is damaged, or another program wrote it: "
            + $"'assay show {RunId[..8]}' names the file.");
    }

    /// <summary>Nothing but a commit may get to git under its name, whoever wrote the journal.</summary>
    /// <exception cref="AssayException">It is none.</exception>
    internal void RequireCommit()
    {
        if (IsCommit(Commit)) return;
        throw new AssayException($"run {RunId} says that its code is commit '{Commit}'; expected 40 or 64 hexadecimal digits. "
            + $"Its journal is damaged, or another program wrote it: 'assay show {RunId[..8]}' names the file.");
    }

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private IEnumerable<string> Differences(bool isKept)
    {
        string run = RunId[..8];
        if (!isKept)
        {
            yield return $"run {run} had uncommitted changes that were not kept{(Fault is null ? "" : $" ({Fault})")}: "
                + "its commit is only what they were made on";
        }

        if (LeftOutCount > 0) yield return $"the snapshot of run {run} leaves out {Assay.LeftOut.Describe(LeftOut, LeftOutCount)}";
        foreach (string remark in SnapshotRemarks) yield return $"when run {run} was kept: {remark}";
    }

    private static LeftOut File(IReadOnlyDictionary<string, object?> file) =>
        new(Text(file, "path") ?? "", Text(file, "reason") ?? "", file.GetValueOrDefault("size") as long?);

    private static string? Text(IReadOnlyDictionary<string, object?> values, string name) => values.GetValueOrDefault(name) as string;
}
