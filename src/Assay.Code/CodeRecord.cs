namespace Assay;

/// <summary>Reads the code state for journals, and warns of what will be missing when it is restored.</summary>
public static class CodeRecord
{
    /// <summary>Reads the state of the repository around the current folder. What will be missing when it is restored is reported.</summary>
    /// <param name="store">The store's folder; it is never part of a snapshot.</param>
    /// <param name="options">Whether and how uncommitted changes are kept.</param>
    /// <param name="name">The name of the branch after <c>run/</c>, where a branch is made.</param>
    /// <param name="warn">Is called with each remark.</param>
    public static SessionCode Read(string store, SnapshotOptions options, string name, Action<string> warn)
    {
        if (options.Kind == SnapshotKind.Off) return new SessionCode(null, null, null);
        (CodeState? state, string? why) = CodeState.Read(Directory.GetCurrentDirectory(), store, options, name);
        if (state is null)
        {
            if (why is not null && !IsExpected(why)) warn($"the code of the runs is not recorded, because the repository cannot be read: {why}\nThe runs go on, and their code cannot be restored. Mend that before running, or set Snapshot to Off.");
            return new SessionCode(null, null, why);
        }

        if (state is { Dirty: false, Fault: { } unnamed })
            warn($"the snapshot that is checked out could not be given a name of this run's own: {unnamed}. The run goes on; its code can be restored while the runs that the snapshot was made for keep it.");
        else if (state.Fault is { } fault)
            warn($"uncommitted changes could not be kept: {fault}. The runs go on; their code can be restored only up to commit {state.Head}. Commit before running, or set Snapshot to None.");
        if (state.LeftOut.Count > 0)
            warn($"{(state.LeftOut.Count == 1 ? "1 uncommitted file is" : $"{state.LeftOut.Count} uncommitted files are")} left out of the snapshot of the code: " +
                         $"{string.Join(", ", state.LeftOut.Take(3).Select(l => $"{l.Path} ({l.Reason})"))}{(state.LeftOut.Count > 3 ? ", …" : "")}.");
        Warn(state.Snapshot, warn);
        return new SessionCode(Text(state.WriteShort), Text(state.WriteFull), null);
    }

    /// <summary>Whether there is nothing to read the code from: the folder is in no repository, which git says in other words of one that is damaged.</summary>
    public static bool IsNoRepository(string fault) => fault.Contains("not a git repository (or any ", StringComparison.Ordinal);

    private static void Warn(Snapshot? snapshot, Action<string> warn)
    {
        if (snapshot is null) return;
        if (snapshot.Altered.Except(snapshot.Changed, StringComparer.Ordinal).ToArray() is { Length: > 0 } converted)
            warn($"git does not keep {ConvertedFiles.Names(converted)} byte by byte, because of line ends, filters, keywords or encodings that it is told to convert: the snapshot of the code has other bytes.");
        if (snapshot.Changed.Count > 0)
            warn($"{ConvertedFiles.Names(snapshot.Changed)} changed while the snapshot of the code was made: it may have other bytes than the run.");
    }

    // Neither a folder outside of repositories nor a machine without git is a mistake of anybody.
    private static bool IsExpected(string fault) => IsNoRepository(fault) || fault.StartsWith("the git program cannot be started", StringComparison.Ordinal);

    private static string Text(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer();
        write(json);
        return json.ToString();
    }
}
