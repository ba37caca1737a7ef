namespace Assay.Names;

/// <summary>What a plain text beside a field stands for.</summary>
internal enum FieldKind
{
    Plain,

    /// <summary>Text: a bare word beside it is text too.</summary>
    Text,
    Status,
    Time,
    Duration,
}

/// <summary>A fact every run has.</summary>
internal sealed class BuiltInField : RunField
{
    private readonly Func<RunRecord, object?> _read;

    private BuiltInField(
        string name, FieldKind kind, string meaning, Func<RunRecord, object?> read, params string[] aliases) : base(name) =>
        (Kind, Meaning, _read, Aliases) = (kind, meaning, read, aliases);

    public FieldKind Kind { get; }

    public string Meaning { get; }

    private string[] Aliases { get; }

    /// <summary>All of them, in the order the reference lists them.</summary>
    public static IReadOnlyList<BuiltInField> All { get; } =
    [
        new("id", FieldKind.Text, "the run's id", r => r.Id, "run_id"),
        new("experiment", FieldKind.Text, "name of the experiment", r => r.Experiment),
        new("version", FieldKind.Text, "version of the experiment", r => r.Version),
        new("status", FieldKind.Status, "running, success, failed, cancelled or interrupted", r => RunStatusText.Text(r.Status)),
        new("tags", FieldKind.Text, "the tags, a list", r => r.Tags.ToArray<object?>(), "tag"),
        new(
            "notes", FieldKind.Text, "what was noted about it later, a list",
            r => r.Notes.Count == 0 ? null : r.Notes.Select(n => n.Text).ToArray<object?>(), "note"),
        new("params", FieldKind.Plain, "all parameters as one value", r => r.Params.Count == 0 ? null : r.Params),
        new("seed", FieldKind.Plain, "the base seed", r => r.Seed?.Base),
        new("replicate", FieldKind.Plain, "number of the replicate, from 0", r => r.Seed?.Replicate),
        new("index", FieldKind.Plain, "the place in the plan, from 0", r => r.Index < 0 ? null : r.Index),
        new("attempts", FieldKind.Plain, "how often it was run", r => r.Attempts),
        new("started", FieldKind.Time, "when it started", r => r.StartedAt, "started_at"),
        new("duration", FieldKind.Duration, "how long it took; a plain number is seconds", r => r.Duration),
        new("error.kind", FieldKind.Text, "why it did not succeed: exception, timeout, …", r => r.Error?.Kind),
        new("error.type", FieldKind.Text, "type of the exception", r => r.Error?.Type),
        new("error.message", FieldKind.Text, "its message", r => r.Error?.Message),
        new("commit", FieldKind.Text, "the commit it was made on, without uncommitted changes", r => MadeOn(r.Git, "head", "commit")),
        new("branch", FieldKind.Text, "the branch it was made on", r => MadeOn(r.Git, "head_branch", "branch")),
        new("dirty", FieldKind.Plain, "whether the code had uncommitted changes", r => r.Git.GetValueOrDefault("dirty")),
    ];

    public static BuiltInField? Find(string name) => All.FirstOrDefault(f => f.Answers(name));

    public override object?[]? Of(RunValues run) => _read(run.Run) is { } value ? [value] : null;

    // A branch that is none, and a commit before the first one, are empty. Records of other programs know no head.
    private static object? MadeOn(IReadOnlyDictionary<string, object?> git, string name, string otherwise)
    {
        object? value = git.GetValueOrDefault(git.ContainsKey("head") ? name : otherwise);
        return value is "" ? null : value;
    }

    private bool Answers(string name) =>
        string.Equals(Name, name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
