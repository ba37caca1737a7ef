using System.Globalization;

namespace Assay.Chat;

/// <summary>A command of the prompt.</summary>
/// <param name="Names">Its names, the main one first.</param>
/// <param name="Arguments">How its arguments are written.</param>
/// <param name="Help">What it does, in a line.</param>
/// <param name="Least">The smallest number of arguments.</param>
/// <param name="Most">The largest.</param>
/// <param name="Action">Does it.</param>
internal sealed record ReplCommand(
    string[] Names, string Arguments, string Help, int Least, int Most,
    Func<ReplSession, IReadOnlyList<string>, CancellationToken, Task> Action)
{
    private const int Any = int.MaxValue;

    /// <summary>All commands, in the order of the help.</summary>
    public static IReadOnlyList<ReplCommand> All { get; } =
    [
        new(["help", "h", "?"], "", "lists the commands and how queries are written", 0, 0, Now((s, _) => ReplViews.Help(s))),
        new(["ls", "list"], "[QUERY]", "lists the runs of the last list that a query chooses; alone, all runs", 0, 1, Now(List)),
        new(["run"], "QUERY…", "runs those that are not complete", 1, Any, (s, words, token) =>
            s.StartAsync("run", Due(s.ChooseEach(words), "run"), null, null, token)),
        new(["run_n"], "N [QUERY]", "runs those that are not complete, N at once: as one ends, the next starts", 1, 2, RunN),
        new(["rerun_fails"], "[N]", "runs all failed ones again, N at once", 0, 1, RerunFails),
        new(["cancel_run_n"], "", "lets no further run start; those under way end", 0, 0, Now((s, _) => CancelRunN(s))),
        new(["stop"], "QUERY…", "stops runs under way, which have then failed", 1, Any, Now(Stop)),
        new(["load"], "FILE [ARGUMENT…]", "reads saved runs, or calls the load function of the program", 1, Any, LoadAsync),
        new(["save"], "FILE [QUERY]", "writes all runs, or those chosen, as SerializedRun[]", 1, 2, Now(Save)),
        new(["detail"], "QUERY…", "shows data, answer, messages and log", 1, Any, Now(ReplViews.Detail)),
        new(["status", "s"], "", "tells how many runs are complete, failed, running and ready, and how many correct", 0, 0,
            Now((s, _) => ReplViews.Status(s))),
        new(["errors"], "[QUERY]", "groups the failed runs by cause", 0, 1, Now(ReplViews.Errors)),
        new(["edit"], "NAME VALUE QUERY…", "changes system, model, temperature, top_p, max_tokens or seed, to be run again", 3, Any,
            Now(Edit)),
        new(["score"], "[QUERY]", "evaluates complete runs again, from recorded answers, without calling the model", 0, 1, ScoreAsync),
        new(["cost"], "", "shows calls, tokens and cost of each batch", 0, 0, Now((s, _) => ReplViews.Cost(s))),
        new(["diff"], "A B", "compares two runs", 2, 2, Now(ReplViews.Diff)),
        new(["export"], "FILE [QUERY]", "writes a table (csv, parquet, xlsx and more, by the ending)", 1, 2, Now(Export)),
        new(["report"], "FILE [QUERY]", "writes a report with intervals and comparisons (html or md)", 1, 2, Now(Report)),
        new(["clear_runs"], "", "forgets all batches; the store keeps what was recorded", 0, 0, Now((s, _) => ClearRuns(s))),
        new(["clear", "c"], "", "clears the screen", 0, 0, Now((s, _) => s.Console.Clear())),
        new(["exit", "quit", "q"], "", "cancels what runs and leaves", 0, 0, Now((s, _) => s.HasEnded = true)),
    ];

    /// <summary>How it is written.</summary>
    public string Usage => Arguments == "" ? Names[0] : $"{Names[0]} {Arguments}";

    public static ReplCommand? Find(string name) => All.FirstOrDefault(command => command.Names.Contains(name, StringComparer.Ordinal));

    private static Func<ReplSession, IReadOnlyList<string>, CancellationToken, Task> Now(
        Action<ReplSession, IReadOnlyList<string>> action) => (session, words, _) =>
        {
            action(session, words);
            return Task.CompletedTask;
        };

    private static string Query(IReadOnlyList<string> words, int place) => words.Count > place ? words[place] : "";

    private static void List(ReplSession session, IReadOnlyList<string> words)
    {
        if (words.Count == 0) session.Remember(null);
        IReadOnlyList<ListedRun> list = session.Choose(Query(words, 0));
        if (words.Count > 0) session.Remember(list);
        ReplViews.List(session, list);
    }

    private static Task RunN(ReplSession session, IReadOnlyList<string> words, CancellationToken token)
    {
        int parallel = Parallel("run_n", words[0]);
        // Without a query it is about all runs, as in the original; with one, about the last list.
        IReadOnlyList<ListedRun> chosen = words.Count == 1 ? session.Runs() : session.Choose(words[1]);
        return session.StartAsync("run_n", Due(chosen, "run_n"), parallel, null, token);
    }

    private static Task RerunFails(ReplSession session, IReadOnlyList<string> words, CancellationToken token)
    {
        int? parallel = words.Count == 0 ? null : Parallel("rerun_fails", words[0]);
        ListedRun[] failed = [.. session.Runs().Where(run => run.Status == ChatStatus.Fail)];
        if (failed.Length == 0) throw new AssayException("rerun_fails: no run has failed.");
        return session.StartAsync("rerun_fails", failed, parallel, null, token);
    }

    private static int Parallel(string command, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 100_000 ? number
            : throw new AssayException($"{command}: N is '{Printable.Line(text)}'; expected the number of runs at once, from 1 to 100000.");

    private static IReadOnlyList<ListedRun> Due(IReadOnlyList<ListedRun> runs, string command)
    {
        ListedRun[] due = [.. runs.Where(run => run.Status != ChatStatus.Complete)];
        if (due.Length == 0 && runs.Count > 0)
            throw new AssayException($"{command}: all {runs.Count} chosen runs are complete; 'edit' changes some, to be run again.");
        return due;
    }

    private static void CancelRunN(ReplSession session)
    {
        session.Live?.Stop();
        session.Console.Write(session.Live is { } job ? $"{job.Command}: no further run starts; those under way end." : "nothing runs.");
    }

    private static void Stop(ReplSession session, IReadOnlyList<string> words)
    {
        foreach (ListedRun run in session.ChooseEach(words))
            session.Console.Write(Printable.Line($"{run.Address} {(session.Stop(run) ? "is stopped." : "is not running.")}"));
    }

    private static async Task LoadAsync(ReplSession session, IReadOnlyList<string> words, CancellationToken token)
    {
        session.RequireIdle("load");
        string file = words[0];
        if (File.Exists(file) && SerializedRun.Read(file) is { } runs)
        {
            LoadedFile loaded = session.Restore(runs, Path.GetFileNameWithoutExtension(file));
            session.Console.Write(Printable.Line($"load: {Plural.Of(runs.Count, "saved run")}, {loaded.Known} of them known here"
                + (loaded.Batches.Count > 0 ? $", the others as batch {string.Join(", ", loaded.Batches)}." : ".")));
            return;
        }

        if (!session.Target.HasLoad)
            throw new AssayException(File.Exists(file)
                ? $"'{file}' is no list of saved runs (SerializedRun[]), and the program has no function for other files; give it one with "
                    + "OnLoad((experiment, arguments) => …)."
                : $"there is no file '{Path.GetFullPath(file)}'.");
        int before = session.Runs().Count;
        await session.Target.LoadAsync(words, token).WaitAsync(token);
        session.Remember(null);
        session.Console.Write($"load: {Plural.Of(session.Runs().Count - before, "run")} more, {session.Runs().Count} in all.");
    }

    private static void Save(ReplSession session, IReadOnlyList<string> words)
    {
        IReadOnlyList<ListedRun> runs = words.Count == 1 ? session.Runs() : session.Choose(words[1]);
        if (Path.GetDirectoryName(Path.GetFullPath(words[0])) is { } folder && !Directory.Exists(folder))
            throw new AssayException($"save: there is no folder '{folder}'; make it first.");
        SerializedRun.Write(words[0], runs.Select(session.Serialized));
        session.Console.Write(Printable.Line($"save: {Plural.Of(runs.Count, "run")} in {words[0]}."));
    }

    private static void Edit(ReplSession session, IReadOnlyList<string> words)
    {
        session.RequireIdle("edit");
        Func<ChatEdit, ChatEdit> change = ChatEdit.Parse(words[0], words[1]);
        IReadOnlyList<ListedRun> runs = session.ChooseEach(words.Skip(2));
        session.Edit(runs, change);
        session.Console.Write($"edit: {words[0]} is changed for {Plural.Of(runs.Count, "run")}, READY to be run again.");
    }

    private static Task ScoreAsync(ReplSession session, IReadOnlyList<string> words, CancellationToken token)
    {
        if (!session.Target.HasCache)
            throw new AssayException("score: answers are not kept, because the cache of this experiment is off; use CacheMode.On.");
        ListedRun[] complete =
            [.. session.Choose(Query(words, 0)).Where(run => run is { Status: ChatStatus.Complete, File: null })];
        if (complete.Length == 0)
            throw new AssayException("score: none of these runs is complete in the store; 'run_n' makes runs.");
        return session.StartAsync("score", complete, null, CacheMode.ReplayOnly, token);
    }

    private static void Export(ReplSession session, IReadOnlyList<string> words)
    {
        Results runs = session.Stored(session.Choose(Query(words, 1)));
        runs.Save(words[0]);
        session.Console.Write(Printable.Line($"export: {Plural.Of(runs.Count, "run")} in {words[0]}."));
    }

    private static void Report(ReplSession session, IReadOnlyList<string> words)
    {
        Results runs = session.Stored(session.Choose(Query(words, 1)));
        string[] metrics = [ChatMetric.Score, ChatMetric.Cost, ChatMetric.InputTokens, ChatMetric.OutputTokens];
        Analysis.ResultsReport.Report(runs, words[0], new Analysis.ReportOptions
        {
            Metrics = [.. metrics.Where(name => runs.Any(run => run.Metrics.ContainsKey(name)))],
            Minimize = [.. metrics.Skip(1).Where(name => runs.Any(run => run.Metrics.ContainsKey(name)))],
        });
        session.Console.Write(Printable.Line($"report: {Plural.Of(runs.Count, "run")} in {words[0]}."));
    }

    private static void ClearRuns(ReplSession session)
    {
        session.RequireIdle("clear_runs");
        session.Clear();
        session.Console.Write("clear_runs: no runs here any more; the store keeps what was recorded.");
    }
}
