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
        var grid = new TextGrid("name", "points", "last step", "last value");
        foreach (SeriesSummary series in run.Series)
            grid.Add(
                Printable.Line(series.Name), Words.Number(series.Count), series.LastStep.ToString(CultureInfo.InvariantCulture),
                Words.Value(series.LastValue));
        page.Inset(grid);
    }

    private static void Tracked(RunDetails run, Page page)
    {
        if (run.Tracked.Count == 0) return;
        page.Heading(run.Tracked.Count > MostPaths ? $"tracked (the first {MostPaths} of {Words.Number(run.Tracked.Count)} paths; "
            + "'assay paths' lists all)" : "tracked");
        var grid = new TextGrid("path", "values", "last value");
        foreach (TrackedSummary tracked in run.Tracked.Take(MostPaths))
            grid.Add(Printable.Line(tracked.Path), Words.Number(tracked.Count), Words.Value(tracked.LastValue));
        page.Inset(grid);
    }

    private static void Artifacts(RunDetails run, Page page)
    {
        if (run.Artifacts.Count == 0) return;
        page.Heading("artifacts and data");
        var grid = new TextGrid("name", "kind", "format", "bytes", "content");
        foreach (ArtifactSummary artifact in run.Artifacts)
        {
            string content =
                artifact.Stored switch { "journal" => "in the journal", "missing" => $"MISSING {artifact.Sha256}", _ => artifact.Sha256! };
            grid.Add(
                Printable.Line(artifact.Name), Printable.Line(artifact.Kind), Printable.Line(artifact.Format), Words.Number(artifact.Size),
                Printable.Line(content));
        }

        page.Inset(grid);
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
        foreach (AttemptInfo attempt in run.Attempts.Count > 1 ? run.Attempts : []) page.Fact("  attempt "
            + $"{attempt.Attempt}", AttemptText.Of(attempt));
    }

    private static void Code(RunDetails run, Page page)
    {
        page.Fact("  git", run.Git.Count == 0 ? NoGitText(run.Code.Session?.GitFault) : GitText(run.Git));
        if (run.Code.LeftOutCount > 0) page.Fact("  left out", LeftOut.Describe(run.Code.LeftOut, run.Code.LeftOutCount, MostLeftOut));
        page.Fact("  not kept", run.Code.Fault ?? "");
        foreach (string remark in run.Code.SnapshotRemarks) page.Fact("  remark", remark);
    }

    private static string NoGitText(string? fault) =>
        fault is null || CodeRecord.IsNoRepository(fault) ? "no repository" : "not recorded: "
            + $"{string.Join(' ', fault.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";

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
