namespace Assay.Cli;

/// <summary>Which code a run had, as its journal says.</summary>
internal sealed record RecordedCode
{
    public required string RunId { get; init; }

    /// <summary>The commit that holds the code: the snapshot, where one was needed. Empty when there is none.</summary>
    public required string Commit { get; init; }

    /// <summary>What <c>git checkout</c> takes.</summary>
    public required string Branch { get; init; }

    /// <summary>The folder the program was started in, relative to the working tree's root, with slashes; null when it is not known.</summary>
    public required string? Folder { get; init; }

    public required string? Remote { get; init; }

    /// <summary>How many uncommitted files the snapshot does not hold; the first of them are listed.</summary>
    public required long LeftOutCount { get; init; }

    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Whether the commit holds all that git could keep of the code.</summary>
    public required bool Exact { get; init; }

    /// <summary>What is not as it was, in sentences.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>What the session says besides; null when its line is missing or damaged.</summary>
    public required SessionFacts? Session { get; init; }

    /// <exception cref="AssayException">The run has no code recorded.</exception>
    public static RecordedCode Of(RunRecord run)
    {
        SessionFacts? session = SessionFacts.Read(run.Journal);
        string commit = Text(run.Git, "commit") ?? "";
        // A lone run has it all in its own line; the runs of an experiment share it.
        IReadOnlyDictionary<string, object?> git = run.Git.Count <= 3 && session is not null && Text(session.Git, "commit") == commit ? session.Git : run.Git;
        if (commit.Length == 0) throw None(run, session);
        LeftOut[] leftOut = git.GetValueOrDefault("left_out") is object?[] list ? [.. list.OfType<IReadOnlyDictionary<string, object?>>().Select(File)] : [];
        long count = git.GetValueOrDefault("left_out_count") as long? ?? leftOut.Length;
        // Records of others say so by the name of the branch alone.
        bool named = !git.ContainsKey("head") && Text(git, "branch")?.StartsWith("run/", StringComparison.Ordinal) == true;
        bool kept = git.GetValueOrDefault("dirty") is not true || git.ContainsKey("snapshot") || named || (count > 0 && count == git.GetValueOrDefault("changes") as long?);
        return new RecordedCode
        {
            RunId = run.Id,
            Commit = commit,
            Branch = Text(git, "branch") ?? "",
            Folder = Text(git, "folder"),
            Remote = Text(git, "remote"),
            LeftOut = leftOut,
            LeftOutCount = count,
            Exact = kept && count == 0,
            Remarks = [.. Says(run, git, kept, count, leftOut)],
            Session = session,
        };
    }

    private static IEnumerable<string> Says(RunRecord run, IReadOnlyDictionary<string, object?> git, bool kept, long count, LeftOut[] leftOut)
    {
        if (!kept)
            yield return $"run {run.Id[..8]} had uncommitted changes that were not kept{(Text(git, "fault") is { } fault ? $" ({fault})" : "")}: its commit is only what they were made on";
        if (count > 0)
            yield return $"the snapshot of run {run.Id[..8]} leaves out {LeftOutText.Of(leftOut, count)}";
        if (git.GetValueOrDefault("snapshot") is not IReadOnlyDictionary<string, object?> snapshot || snapshot.GetValueOrDefault("remarks") is not object?[] said) yield break;
        foreach (string remark in said.OfType<string>()) yield return $"when run {run.Id[..8]} was kept: {remark}";
    }

    private static QuestionException None(RunRecord run, SessionFacts? session)
    {
        string? why = session?.GitFault ?? (run.Git.Count > 0 ? "the repository had no commit yet" : null);
        string where = session?.Folder is { } folder ? $" It ran in '{folder}'." : "";
        return new QuestionException(
            $"run {run.Id} has no code recorded{(why is null ? "" : $": {why}")}.{where} Expected a program that runs within a git repository, with Snapshot not Off; what is known of its code",
            $"tells 'assay why {run.Id[..8]}'.", "tells explain_run.");
    }

    private static LeftOut File(IReadOnlyDictionary<string, object?> file) => new(Text(file, "path") ?? "", Text(file, "reason") ?? "", file.GetValueOrDefault("size") as long?);

    private static string? Text(IReadOnlyDictionary<string, object?> values, string name) => values.GetValueOrDefault(name) as string;
}

/// <summary>Files that are not in a snapshot, in a sentence.</summary>
internal static class LeftOutText
{
    private const int Most = 10;

    public static string Of(IReadOnlyList<LeftOut> files, long count) =>
        $"{Words.Count(count, "uncommitted file")}: {string.Join(", ", files.Take(Most).Select(f => $"{f.Path} ({f.Reason})"))}{(count > Math.Min(files.Count, Most) ? ", …" : "")}";
}
