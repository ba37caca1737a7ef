using System.Globalization;

namespace Assay.Questions;

/// <summary>Everything of a run as text; what a run does not have takes no space.</summary>
internal static class RunDetailsText
{
    private const int MostPaths = 50;
    private const int MostLeftOut = 5;

    public static void Write(RunDetails run, Page page)
    {
        Head(run, page);
        Notes(run, page);
        Values("params", run.Params, page);
        Values("labels", run.Labels, page);
        Values("metrics", run.Metrics, page);
        Series(run, page);
        Tracked(run, page);
        Artifacts(run, page);
        Values("metadata", run.Metadata, page);
        Error(run, page);
        Log(run, page);
        Identity(run, page);
        Origin(run, page);
    }

    private static void Head(RunDetails run, Page page)
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

    private static void Notes(RunDetails run, Page page)
    {
        if (run.Notes.Count == 0) return;
        page.Heading("notes");
        foreach (NoteLine note in run.Notes)
        {
            page.Item(Words.Time(note.CreatedAt) + " UTC");
            page.Block(note.Text);
        }
    }

    private static void Values(string heading, IReadOnlyDictionary<string, object?> values, Page page)
    {
        if (values.Count == 0) return;
        page.Heading(heading);
        KeyValuePair<string, object?>[] flat = [.. JsonObjects.Flatten(values)];
        int width = flat.Max(v => v.Key.Length);
        foreach ((string name, object? value) in flat) page.Item($"{name.PadRight(width)}  {Exact(value)}");
    }

    // Under its heading a value's type matters less than reading it; all digits of a number are kept.
    private static string Exact(object? value) => value is string or double and (
        double.NaN or double.PositiveInfinity or double.NegativeInfinity) ? Words.Value(value) : JsonText.Of(value);

    private static void Series(RunDetails run, Page page)
    {
        if (run.Series.Count == 0) return;
        page.Heading("series");
        page.Inset(TextGrid.Of(
            run.Series, ("name", s => s.Name), ("points", s => Words.Number(s.Count)), ("last step", s => Words.Value(s.LastStep)),
            ("last value", s => Words.Value(s.LastValue))));
    }

    private static void Tracked(RunDetails run, Page page)
    {
        if (run.Tracked.Count == 0) return;
        string rest = $" (the first {MostPaths} of {Words.Number(run.Tracked.Count)} paths; 'assay paths' lists all)";
        page.Heading("tracked" + (run.Tracked.Count > MostPaths ? rest : ""));
        page.Inset(TextGrid.Of(
            run.Tracked.Take(MostPaths), ("path", t => t.Path), ("values", t => Words.Number(t.Count)),
            ("last value", t => Words.Value(t.LastValue))));
    }

    private static void Artifacts(RunDetails run, Page page)
    {
        if (run.Artifacts.Count == 0) return;
        page.Heading("artifacts and data");
        page.Inset(TextGrid.Of(
            run.Artifacts, ("name", a => a.Name), ("kind", a => a.Kind), ("format", a => a.Format), ("bytes", a => Words.Number(a.Size)),
            ("content", a => a.Stored switch { "journal" => "in the journal", "missing" => $"MISSING {a.Sha256}", _ => a.Sha256 })));
    }

    private static void Error(RunDetails run, Page page)
    {
        if (run.Error is not { } error) return;
        page.Heading("error");
        page.Block(error.Type.Length == 0 ? error.Message : $"{error.Type}: {error.Message}");
        if (error.Stack is { Length: > 0 } stack) page.Block(stack);
    }

    private static void Log(RunDetails run, Page page)
    {
        if (run.Log.Lines == 0) return;
        int tail = run.Log.Tail.Count;
        page.Heading(tail < run.Log.Lines ? $"log (the last {tail} of {Words.Number(run.Log.Lines)} lines; --log N shows more)" : "log");
        foreach (LogEntry line in run.Log.Tail)
            page.Block(string.Create(CultureInfo.InvariantCulture, $"{line.ElapsedMs / 1000,8:F3} s  {line.Level,-11}  {line.Message}"));
    }

    private static void Identity(RunDetails run, Page page) => Values("fingerprints", run.Fingerprints, page);

    private static void Origin(RunDetails run, Page page)
    {
        page.Heading("origin");
        Code(run, page);
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
            page.Fact($"  attempt {attempt.Attempt}", AttemptText.Of(attempt));
    }

    private static void Code(RunDetails run, Page page)
    {
        page.Fact("  git", run.Git.Count == 0 ? NoGitText(run.Code.Session?.GitFault) : GitText(run.Git));
        if (run.Code.LeftOutCount > 0) page.Fact("  left out", LeftOut.Describe(run.Code.LeftOut, run.Code.LeftOutCount, MostLeftOut));
        page.Fact("  not kept", run.Code.Fault ?? "");
        foreach (string remark in run.Code.SnapshotRemarks) page.Fact("  remark", remark);
    }

    private static string NoGitText(string? fault) =>
        fault is null || CodeRecord.IsNoRepository(fault) ? "no repository"
            : "not recorded: " + string.Join(' ', fault.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string GitText(IReadOnlyDictionary<string, object?> git)
    {
        string commit = Words.Value(git.GetValueOrDefault("commit"));
        return $"{(commit.Length == 0 ? "no commit yet" : commit)} on "
            + $"{Words.Value(git.GetValueOrDefault("branch"))}{(git.GetValueOrDefault("dirty") is true ? ", with changes" : "")}";
    }

    private static string Offset(long? offset) => offset?.ToString(CultureInfo.InvariantCulture) ?? "missing";
}

/// <summary>An attempt in a few words.</summary>
internal static class AttemptText
{
    public static string Of(AttemptInfo attempt) =>
        $"{attempt.Status}{(attempt.StartedAt is { } at ? $", started {Words.Time(at)} UTC" : ", its start is missing")}, "
            + $"in {Path.GetFileName(attempt.Journal)}";
}
