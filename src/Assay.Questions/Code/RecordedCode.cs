namespace Assay.Questions;

/// <summary>Which code a run had, as its journal says.</summary>
internal sealed record RecordedCode
{
    public required string RunId { get; init; }

    /// <summary>The commit that holds the code: the snapshot, where one was needed. Empty when there is none.</summary>
    public required string Commit { get; init; }

    /// <summary>What <c>git checkout</c> takes.</summary>
    public required string Branch { get; init; }

    /// <summary>
    /// The folder the program was started in, relative to the working tree's root, with slashes; null when it is not known.
    /// </summary>
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

    /// <summary>All that is recorded of it: a lone run has it in its own line; the runs of an experiment share it.</summary>
    public static IReadOnlyDictionary<string, object?> InFull(IReadOnlyDictionary<string, object?> git, SessionFacts? session) =>
        git.Count is > 0 and <= 3 && session is not null && Text(session.Git, "commit") == Text(git, "commit") ? session.Git : git;

    /// <exception cref="AssayException">The run has no code recorded.</exception>
    public static RecordedCode Of(RunRecord run)
    {
        SessionFacts? session = SessionFacts.Read(run.Source);
        IReadOnlyDictionary<string, object?> git = InFull(run.Git, session);
        string commit = Text(git, "commit") ?? "";
        if (commit.Length == 0) throw None(run, session);
        (LeftOut[] leftOut, long count) = Left(git);
        // Records of others say so by the name of the branch alone.
        bool named = !git.ContainsKey("head") && Text(git, "branch")?.StartsWith("run/", StringComparison.Ordinal) == true;
        bool kept = git.GetValueOrDefault("dirty") is not true || git.ContainsKey("snapshot") || named
            || (count > 0 && count == git.GetValueOrDefault("changes") as long?);
        return new RecordedCode
        {
            RunId = run.Id,
            Commit = commit.ToLowerInvariant(),
            Branch = Text(git, "branch") ?? "",
            Folder = Text(git, "folder"),
            Remote = Text(git, "remote"),
            LeftOut = leftOut,
            LeftOutCount = count,
            Exact = kept && count == 0 && Altered(git) == 0,
            Remarks = [.. Says(run, git, kept, count, leftOut)],
            Session = session,
        };
    }

    /// <summary>Uncommitted files that the snapshot does not hold, the first of them, and their number.</summary>
    public static (LeftOut[] Files, long Count) Left(IReadOnlyDictionary<string, object?> git)
    {
        LeftOut[] files = git.GetValueOrDefault("left_out") is object?[] list ? [
            .. list.OfType<IReadOnlyDictionary<string, object?>>().Select(File)] : [];
        return (files, git.GetValueOrDefault("left_out_count") as long? ?? files.Length);
    }

    /// <summary>What was said when the snapshot was made.</summary>
    public static IEnumerable<string> Said(IReadOnlyDictionary<string, object?> git) =>
        git.GetValueOrDefault("snapshot") is IReadOnlyDictionary<string, object?> snapshot
            && snapshot.GetValueOrDefault("remarks") is object?[] said ? said.OfType<string>() : [];

    /// <summary>Sees to it that nothing else gets to git under the name of a commit, whoever wrote the journal.</summary>
    /// <exception cref="AssayException">It is none.</exception>
    public void RequireCommit()
    {
        if (Commit.Length is 40 or 64 && Commit.All(char.IsAsciiHexDigit)) return;
        throw new AssayException($"run {RunId} says that its code is commit '{Commit}'; expected 40 or 64 hexadecimal digits. "
            + $"Its journal is damaged, or another program wrote it: 'assay show {RunId[..8]}' names the file.");
    }

    /// <summary>The folder the program was started in, in a checkout of the code.</summary>
    /// <exception cref="AssayException">It leads out of the checkout, or to what is git's.</exception>
    public string StartIn(string checkout)
    {
        if (string.IsNullOrEmpty(Folder)) return checkout;
        bool isWithin = !Path.IsPathRooted(Folder) && !Folder.Contains('\0', StringComparison.Ordinal)
            && !Folder.Split('/', '\\').Any(p => p is ".." or ".git");
        if (isWithin && RealPath.IsWithin(Path.Combine(checkout, Folder), checkout)) return Path.Combine(checkout, Folder);
        throw new AssayException($"run {RunId} says that it was started in the folder '{Folder}' of its repository; "
            + "expected a folder within it. Its journal is damaged, or another program wrote it: "
                + $"'assay show {RunId[..8]}' names the file.");
    }

    private static IEnumerable<string> Says(
        RunRecord run, IReadOnlyDictionary<string, object?> git, bool kept, long count, LeftOut[] leftOut)
    {
        if (!kept)
            yield return $"run {run.Id[..8]} had uncommitted changes that were not "
                + $"kept{(Text(git, "fault") is { } fault ? $" ({fault})" : "")}: its commit is only what they were made on";
        if (count > 0)
            yield return $"the snapshot of run {run.Id[..8]} leaves out {LeftOutText.Of(leftOut, count)}";
        foreach (string remark in Said(git)) yield return $"when run {run.Id[..8]} was kept: {remark}";
    }

    private static long Altered(IReadOnlyDictionary<string, object?> git) =>
        git.GetValueOrDefault("snapshot") is IReadOnlyDictionary<string, object?> snapshot ? snapshot.GetValueOrDefault("altered") as long?
            ?? 0 : 0;

    private static QuestionException None(RunRecord run, SessionFacts? session)
    {
        string? why = session?.GitFault ?? (run.Git.Count > 0 ? "the repository had no commit yet" : null);
        string where = session?.Folder is { } folder ? $" It ran in '{folder}'." : "";
        return new QuestionException(
            $"run {run.Id} has no code recorded{(why is null ? "" : $": {why}")}.{where} Expected a program that runs within a git "
                + "repository, with Snapshot not Off; what is known of its code",
            $"tells 'assay why {run.Id[..8]}'.", "tells explain_run.");
    }

    private static LeftOut File(IReadOnlyDictionary<string, object?> file) =>
        new(Text(file, "path") ?? "", Text(file, "reason") ?? "", file.GetValueOrDefault("size") as long?);

    private static string? Text(IReadOnlyDictionary<string, object?> values, string name) => values.GetValueOrDefault(name) as string;
}

/// <summary>Files that are not in a snapshot, in a sentence.</summary>
internal static class LeftOutText
{
    private const int Most = 10;

    public static string Of(IReadOnlyList<LeftOut> files, long count, int most = Most)
    {
        string some = string.Join(", ", files.Take(most).Select(f => $"{f.Path} ({f.Reason})"));
        return $"{Words.Count(count, "uncommitted file")}: {some}{(count > Math.Min(files.Count, most) ? ", …" : "")}";
    }
}
