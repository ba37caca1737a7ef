using System.Globalization;

namespace Assay.Questions;

internal sealed class ShowRunQuestion : Question<RunDetails>
{
    private const int MostPaths = 50, MostLeftOut = 5;
    private const string Rest = "list_paths with this run lists every path in pages, select_values the values at one; a long single "
        + "value stands whole in the journal's line, and in 'assay show ID --json' at a shell.";

    private static readonly NumberParameter Log = new("log_lines", "How many of the last lines of the run's log to show", 0, 1000, 10)
    { ShellName = "--log", Placeholder = "N" };

    public override CommandText Command { get; } = new(
        "show", "Show everything the store holds of a run", "assay show latest", "assay show 373b0836 --log 100",
        "assay show latest~2 --json");

    public override ToolText Tool => new("get_run", "Show a run",
        "Gives everything the store holds of one run: params, metrics, series and tracked values in short, artifacts, log, error, "
            + "exact code (git), host, and the journal's file and lines to cite.");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Log];

    public override Answer Ask(QuestionCall call)
    {
        int log = Log.Count(call);
        (Results all, RunRecord run) = call.FindRun();
        return new Answer(RunDetails.Of(call.Store, run, log)) { Runs = all, Rest = Rest };
    }

    // What a run does not have takes no space.
    protected override void Write(RunDetails run, Page page)
    {
        WriteHead(run, page);
        if (run.Notes.Count > 0) page.Heading("notes");
        foreach (NoteLine note in run.Notes)
        {
            page.Item(Words.Time(note.CreatedAt) + " UTC");
            page.Block(note.Text);
        }

        WriteValues("params", run.Params, page);
        WriteValues("labels", run.Labels, page);
        WriteValues("metrics", run.Metrics, page);
        WriteValues("derived", run.Derived, page);
        WriteRecorded(run, page);
        WriteValues("metadata", run.Metadata, page);
        WriteError(run.Error, page);
        WriteLog(run.Log, page);
        WriteValues("fingerprints", run.Fingerprints, page);
        WriteOrigin(run, page);
    }

    private static void WriteHead(RunDetails run, Page page)
    {
        page.Fact("run", run.RunId);
        page.Fact("experiment", Words.Title(run.Experiment, run.Version));
        page.Fact("status", run.Status + (run.Error is { } error ? $" ({error.Kind})" : ""));
        page.Fact("started", Words.Time(run.StartedAt) + " UTC");
        page.Fact("duration", Words.Duration(run.DurationMs));
        page.Fact("place", run.Index is { } index ? $"run {index} of its plan" : "");
        page.Fact("seed", run.Seed?.ToString() ?? "");
        page.Fact("tags", string.Join(", ", run.Tags));
        page.Fact("rows", run.Rows > 0 ? Words.Number(run.Rows) : "");
    }

    private static void WriteValues(string heading, IReadOnlyDictionary<string, object?> values, Page page)
    {
        if (values.Count == 0) return;
        page.Heading(heading);
        KeyValuePair<string, object?>[] flat = [.. JsonObjects.Flatten(values)];
        int width = flat.Max(v => v.Key.Length);
        foreach ((string name, object? value) in flat) page.Item($"{name.PadRight(width)}  {Exact(value)}");
    }

    // Under its heading a value's type matters less than reading it; all digits of a number are kept.
    private static string Exact(object? value) =>
        value is string or double.NaN or double.PositiveInfinity or double.NegativeInfinity ? Words.Value(value) : JsonText.Of(value);

    private static void WriteRecorded(RunDetails run, Page page)
    {
        page.Section("series", TextGrid.Of(
            run.Series, ("name", s => s.Name), ("points", s => Words.Number(s.Count)), ("last step", s => Words.Value(s.LastStep)),
            ("last value", s => Words.Value(s.LastValue)), ("curve", s => s.Drawn)).WithoutEmpty("curve"));
        string rest = $" (the first {MostPaths} of {Words.Number(run.Tracked.Count)} paths; 'assay paths' lists all)";
        page.Section("tracked" + (run.Tracked.Count > MostPaths ? rest : ""), TextGrid.Of(
            run.Tracked.Take(MostPaths), ("path", t => t.Path), ("values", t => Words.Number(t.Count)),
            ("last value", t => Words.Value(t.LastValue))));
        page.Section("artifacts and data", TextGrid.Of(
            run.Artifacts, ("name", a => a.Name), ("kind", a => a.Kind), ("format", a => a.Format), ("bytes", a => Words.Number(a.Size)),
            ("content", a => a.Stored switch { "journal" => "in the journal", "missing" => $"MISSING {a.Sha256}", _ => a.Sha256 })));
    }

    private static void WriteError(RunFault? error, Page page)
    {
        if (error is null) return;
        page.Heading("error");
        page.Block(error.Type.Length == 0 ? error.Message : $"{error.Type}: {error.Message}");
        if (error.Stack is { Length: > 0 } stack) page.Block(stack);
    }

    private static void WriteLog(LogTail log, Page page)
    {
        if (log.Lines == 0) return;
        int tail = log.Tail.Count;
        page.Heading(tail < log.Lines ? $"log (the last {tail} of {Words.Number(log.Lines)} lines; --log N shows more)" : "log");
        foreach (LogEntry line in log.Tail)
            page.Block(string.Create(CultureInfo.InvariantCulture, $"{line.ElapsedMs / 1000,8:F3} s  {line.Level,-11}  {line.Message}"));
    }

    private static void WriteOrigin(RunDetails run, Page page)
    {
        page.Heading("origin");
        page.Fact("  git", run.Git.Count == 0 ? NoGitText(run.Code.Session?.GitFault) : GitText(run.Git));
        if (run.Code.LeftOutCount > 0) page.Fact("  left out", LeftOut.Describe(run.Code.LeftOut, run.Code.LeftOutCount, MostLeftOut));
        page.Fact("  not kept", run.Code.Fault ?? "");
        foreach (string remark in run.Code.SnapshotRemarks) page.Fact("  remark", remark);
        if (run.Session is { } session)
        {
            page.Fact("  host", session.Host ?? "");
            page.Fact("  command", string.Join(' ', session.Command));
            page.Fact("  folder", session.Folder ?? "");
            page.Fact("  runtime", $"{session.Runtime}, Assay {session.Assay}");
        }

        page.Fact("  journal", run.Journal.File);
        page.Fact("  at line", $"{Offset(run.Journal.StartLine)} (start), {Offset(run.Journal.EndLine)} (end)");
        page.Fact("  at byte", $"{Offset(run.Journal.StartOffset)} (start), {Offset(run.Journal.EndOffset)} (end)");
        foreach (AttemptInfo attempt in run.Attempts.Count > 1 ? run.Attempts : [])
            page.Fact($"  attempt {attempt.Attempt}", RunDetails.Text(attempt));
    }

    private static string NoGitText(string? fault) => fault is null || CodeRecord.IsNoRepository(fault)
        ? "no repository"
        : "not recorded: " + string.Join(' ', fault.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string GitText(IReadOnlyDictionary<string, object?> git)
    {
        bool hasHead = git.ContainsKey("head");
        string commit = Words.Value(git.GetValueOrDefault(hasHead ? "head" : "commit"));
        string branch = Words.Value(git.GetValueOrDefault(hasHead ? "head_branch" : "branch"));
        string snapshot = Words.Snapshot(git) is { } kept ? $" (snapshot {Words.Code(kept)})" : "";
        string changes = git.GetValueOrDefault("dirty") is true ? ", with changes" + snapshot : "";
        return $"{(commit.Length == 0 ? "no commit yet" : commit)} on {(branch.Length == 0 ? "no branch" : branch)}{changes}";
    }

    private static string Offset(long? offset) => offset?.ToString(CultureInfo.InvariantCulture) ?? "missing";
}
