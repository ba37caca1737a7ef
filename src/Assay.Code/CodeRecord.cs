using Assay.Git;

namespace Assay;

/// <summary>Records the code of runs: the commit, the branch, and a snapshot of what was uncommitted. Thread-safe.</summary>
public static class CodeRecord
{
    private const int MostNames = 3;

    /// <summary>
    /// Reads the state of the repository around the current folder, and makes a snapshot of uncommitted changes if the options ask for it.
    /// In a process that replays a run no snapshot is made. If the code cannot be recorded, the result says why.
    /// </summary>
    /// <param name="store">The store's folder; it is never part of a snapshot.</param>
    /// <param name="options">Whether and how uncommitted changes are kept.</param>
    /// <param name="name">The name of the branch after <c>run/</c>, where a branch is made.</param>
    /// <param name="warn">Receives a sentence for everything that will be missing when the code is restored.</param>
    public static SessionCode Read(string store, SnapshotOptions options, string name, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(warn);
        if (options.Kind == SnapshotKind.Off) return new SessionCode(null, null, null);
        if (StoreLocation.IsRedirected) options = options with { Kind = SnapshotKind.None };
        (CodeState? state, string? why) = CodeState.Read(Directory.GetCurrentDirectory(), store, options, name);
        if (state is not null)
        {
            Warn(state, warn);
            return new SessionCode(Text(state.WriteShort), Text(state.WriteFull), null);
        }

        if (!IsExpected(why!))
        {
            warn($"the code of the runs is not recorded, because the repository cannot be read: {why}\n"
                + "The runs go on, and their code cannot be restored. Correct that before running, or set Snapshot to Off.");
        }

        return new SessionCode(null, null, why);
    }

    /// <summary>Whether a fault of a record says that the folder is in no repository, rather than in one that cannot be read.</summary>
    /// <param name="fault">The fault, as <see cref="SessionCode.Fault"/> has it.</param>
    public static bool IsNoRepository(string fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.Contains("not a git repository (or any ", StringComparison.Ordinal);
    }

    // A folder outside of repositories and a machine without git need no warning.
    private static bool IsExpected(string fault) =>
        IsNoRepository(fault) || fault.StartsWith("the git program cannot be started", StringComparison.Ordinal);

    private static void Warn(CodeState state, Action<string> warn)
    {
        if (state.Fault is { } fault)
        {
            warn($"uncommitted changes could not be kept: {fault}. The runs go on; their code can be restored only up to commit "
                + $"{state.Head}. Commit before running, or set Snapshot to None.");
        }

        if (state.LeftOut.Count > 0)
        {
            warn(Plural.Of(state.LeftOut.Count, "uncommitted file is", "uncommitted files are")
                + " left out of the snapshot of the code: "
                + string.Join(", ", state.LeftOut.Take(MostNames).Select(file => $"{file.Path} ({file.Reason})"))
                + (state.LeftOut.Count > MostNames ? ", …." : "."));
        }

        if (state.Snapshot is { Altered.Count: > 0, Remarks: [var altered, ..] })
            warn($"the snapshot of the code is not exact: {altered}.");
    }

    private static string Text(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer();
        write(json);
        return json.ToString();
    }
}
