using System.Text;

namespace Assay;

/// <summary>What journals say of the code state, as JSON: read once for a session and handed to its worker processes, which start later and must not say anything else.</summary>
/// <param name="Short">For each run: commit, branch, dirty. Null without a repository.</param>
/// <param name="Full">For the session. Null without a repository.</param>
/// <param name="Fault">Why there is nothing; null when there is.</param>
internal sealed record CodeRecord(string? Short, string? Full, string? Fault)
{
    /// <summary>Reads the state of the repository around the current folder and says what will be missing when it is restored.</summary>
    public static CodeRecord Read(StorageBackend storage, SnapshotOptions options, string name, Notices notices)
    {
        if (options.Kind == SnapshotKind.Off) return new CodeRecord(null, null, null);
        (CodeState? state, string? why) = CodeState.Read(Directory.GetCurrentDirectory(), storage.Address, options, name);
        if (state is null)
        {
            if (why is not null && !IsExpected(why)) notices.Warn($"the code of the runs is not recorded, because the repository cannot be read: {why}\nThe runs go on, and their code cannot be restored. Mend that before running, or set Snapshot to Off.");
            return new CodeRecord(null, null, why);
        }

        if (state is { Dirty: false, Fault: { } unnamed })
            notices.Warn($"the snapshot that is checked out could not be given a name of this run's own: {unnamed}. The run goes on; its code can be restored while the runs that the snapshot was made for keep it.");
        else if (state.Fault is { } fault)
            notices.Warn($"uncommitted changes could not be kept: {fault}. The runs go on; their code can be restored only up to commit {state.Head}. Commit before running, or set Snapshot to None.");
        if (state.LeftOut.Count > 0)
            notices.Warn($"{(state.LeftOut.Count == 1 ? "1 uncommitted file is" : $"{state.LeftOut.Count} uncommitted files are")} left out of the snapshot of the code: " +
                         $"{string.Join(", ", state.LeftOut.Take(3).Select(l => $"{l.Path} ({l.Reason})"))}{(state.LeftOut.Count > 3 ? ", …" : "")}.");
        Warn(state.Snapshot, notices);
        return new CodeRecord(Text(state.WriteShort), Text(state.WriteFull), null);
    }

    /// <summary>Whether there is nothing to read the code from: the folder is in no repository, which git says in other words of one that is damaged.</summary>
    public static bool IsNoRepository(string fault) => fault.Contains("not a git repository (or any ", StringComparison.Ordinal);

    private static void Warn(Snapshot? snapshot, Notices notices)
    {
        if (snapshot is null) return;
        if (snapshot.Altered.Except(snapshot.Changed, StringComparer.Ordinal).ToArray() is { Length: > 0 } converted)
            notices.Warn($"git does not keep {ConvertedFiles.Names(converted)} byte by byte, because of line ends, filters, keywords or encodings that it is told to convert: the snapshot of the code has other bytes.");
        if (snapshot.Changed.Count > 0)
            notices.Warn($"{ConvertedFiles.Names(snapshot.Changed)} changed while the snapshot of the code was made: it may have other bytes than the run.");
    }

    public void WriteShort(JsonBuffer json) => Write(json, Short);

    public void WriteFull(JsonBuffer json)
    {
        Write(json, Full);
        if (Fault is not null) json.Raw(",\"git_fault\":"u8).String(Fault);
    }

    // Neither a folder outside of repositories nor a machine without git is a mistake of anybody.
    private static bool IsExpected(string fault) => IsNoRepository(fault) || fault.StartsWith("the git program cannot be started", StringComparison.Ordinal);

    private static void Write(JsonBuffer json, string? text)
    {
        if (text is null) json.Null();
        else json.Raw(Encoding.UTF8.GetBytes(text));
    }

    private static string Text(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer();
        write(json);
        return json.ToString();
    }
}
