using System.Globalization;

namespace Assay.Chat;

/// <summary>What commands show.</summary>
internal static class ReplViews
{
    public static void Help(ReplSession session)
    {
        var table = new TextTable(["command", "arguments", "what it does"], 1);
        foreach (ReplCommand command in ReplCommand.All)
            table.Add(string.Join(' ', command.Names), command.Arguments, command.Help);
        Show(session, table);
        session.Console.Write("\n" + RunQuery.Grammar);
    }

    public static void List(ReplSession session, IReadOnlyList<ListedRun> list)
    {
        if (list.Count == 0)
        {
            session.Console.Write(session.Target.Batches.Count == 0 ? "no runs; 'load FILE' adds some."
                : "no run is chosen; 'ls' lists all runs.");
            return;
        }

        var table = new TextTable(["index", "address", "status", "score", "error"], 2);
        foreach ((int place, ListedRun run) in list.Index())
            table.Add(Text(place), run.Address.ToString(), run.StatusText, run.Outcome,
                run is { Status: ChatStatus.Fail, File: null } ? run.Run.Error?.Kind ?? "" : "");
        Show(session, table);
    }

    public static void Detail(ReplSession session, IReadOnlyList<string> words)
    {
        foreach (ListedRun run in session.ChooseEach(words))
        {
            string score = run is { Status: ChatStatus.Complete, File: null } ? $" {run.Run.Score}" : "";
            session.Console.Write(Printable.Line($"{run.Address} {run.StatusText}{score}"));
            if (run is { Status: ChatStatus.Fail, File: null } && run.Run.Error is { } error)
                session.Console.Write(Printable.Line($"{error.Kind}: {error.Message}"));
            session.Console.Write(Printable.Block(session.Serialized(run).ToString()));
        }
    }

    // A failed run is not complete, as it is in the original's percentage.
    public static void Status(ReplSession session)
    {
        IReadOnlyList<ListedRun> runs = session.Runs();
        int complete = Count(ChatStatus.Complete);
        session.Console.Write(runs.Count == 0 ? "no runs; 'load FILE' adds some."
            : $"{complete} of {runs.Count} runs complete ({complete * 100L / runs.Count} %), {Count(ChatStatus.Fail)} failed, "
                + $"{Count(ChatStatus.Incomplete)} incomplete, {Count(ChatStatus.Ready)} ready");
        int correct = runs.Count(run => run.Outcome == "correct"), incorrect = runs.Count(run => run.Outcome == "incorrect");
        if (correct + incorrect > 0) session.Console.Write($"{correct} correct, {incorrect} incorrect, "
            + $"{runs.Count - correct - incorrect} with neither");
        if (session.Live is { } job) session.Console.Write($"{job.Command}: {job.Progress}");

        int Count(ChatStatus status) => runs.Count(run => run.Status == status);
    }

    public static void Errors(ReplSession session, IReadOnlyList<string> words)
    {
        var causes = session.Choose(words.Count > 0 ? words[0] : "").Where(run => run.Status == ChatStatus.Fail)
            .GroupBy(run => run.File is not null ? ("", "(loaded from a file, which does not say why)")
                : (run.Run.Error?.Kind ?? "", ExceptionText.Clause(run.Run.Error?.Message ?? "")))
            .OrderByDescending(cause => cause.Count()).ToArray();
        if (causes.Length == 0)
        {
            session.Console.Write("no run of the last list has failed.");
            return;
        }

        var table = new TextTable(["runs", "kind", "message", "such as"], 1);
        foreach (var cause in causes)
            table.Add(Text(cause.Count()), cause.Key.Item1, cause.Key.Item2, cause.First().Address.ToString());
        Show(session, table);
    }

    public static void Cost(ReplSession session)
    {
        IReadOnlyList<ListedRun> runs = session.Runs();
        if (runs.Count == 0) throw new AssayException("cost: there are no runs.");
        var table = new TextTable(["batch", "runs", "calls", "cached", "input tokens", "output tokens", "cost"], 1);
        foreach (var batch in runs.GroupBy(run => run.Address.Batch)) Add(batch.Key, batch);
        if (session.Target.Batches.Count > 1) Add("(all)", runs);
        Show(session, table);

        void Add(string name, IEnumerable<ListedRun> listed)
        {
            ChatRun[] of = [.. listed.Select(run => run.Run)];
            ChatSummary summary = ChatSummary.Of(of);
            table.Add(name, Text(of.Length), Text(of.Sum(run => run.Calls)), Text(of.Sum(run => run.CachedCalls)),
                Text(summary.Usage.Input), Text(summary.Usage.Output),
                of.Any(run => run.Cost is not null) && summary.Cost is { } cost ? cost.ToString("0.######", CultureInfo.InvariantCulture)
                    : "");
        }
    }

    public static void Diff(ReplSession session, IReadOnlyList<string> words)
    {
        (ListedRun a, ListedRun b) = (Single(words[0]), Single(words[1]));
        IReadOnlyList<(string Name, string Value)> left = Fields(a), right = Fields(b);
        var table = new TextTable(["", a.Address.ToString(), b.Address.ToString()], 1);
        string[] names = [.. left.Concat(right).Select(field => field.Name).Distinct()];
        foreach (string name in names)
        {
            (string x, string y) = (Value(left, name), Value(right, name));
            if (x != y) table.Add(name, x, y);
        }

        if (names.All(name => Value(left, name) == Value(right, name))) session.Console.Write("the runs do not differ.");
        else Show(session, table);

        ListedRun Single(string query) => session.ChooseEach([query]) is [var run] ? run
            : throw new AssayException($"diff: '{Printable.Line(query)}' chooses several runs; expected one, such as BATCH:3 or a place.");

        static string Value(IEnumerable<(string Name, string Value)> fields, string name) =>
            fields.FirstOrDefault(field => field.Name == name).Value ?? "";

        IReadOnlyList<(string Name, string Value)> Fields(ListedRun run)
        {
            SerializedRun all = session.Serialized(run);
            return
            [
                ("data", all.Data.GetRawText()), ("answer", all.Answer.GetRawText()), ("status", run.StatusText), ("score", run.Outcome),
                ("error", run.Run.Error is { } error && run.File is null ? $"{error.Kind}: {error.Message}" : ""),
                .. all.Context.EnumerateArray().Select((message, i) => ($"message {i}", message.GetRawText())),
                .. all.Logs.EnumerateArray().Select((line, i) => ($"log {i}", line.GetRawText())),
            ];
        }
    }

    private static void Show(ReplSession session, TextTable table) => session.Console.Write(
        string.Join('\n', session.Console.Width is { } width ? table.Lines(width) : table.Lines()));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What may stand at the end of a line.</summary>
internal static class ReplCompletion
{
    private const int Most = 200;

    public static IReadOnlyList<string> Of(ReplSession session, string typed)
    {
        string[] words = typed.Split(' ');
        string word = words[^1];
        if (words.Length == 1) return [.. ReplCommand.All.Select(command => command.Names[0]).Where(Begins).Order(StringComparer.Ordinal)];
        return words[0] switch
        {
            "load" or "save" or "export" or "report" when words.Length == 2 => Files(word),
            "edit" when words.Length == 2 => [.. ChatEdit.Names.Where(Begins)],
            _ when word.StartsWith("s:", StringComparison.Ordinal) =>
                [.. ((string[])["s:ready", "s:incomplete", "s:complete", "s:fail", "s:correct", "s:incorrect"]).Where(Begins)],
            _ => [.. session.Target.Batches.Select(batch => batch + ":").Where(Begins)],
        };

        bool Begins(string text) => text.StartsWith(word, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Files(string word)
    {
        string folder = word[..(word.LastIndexOf('/') + 1)];
        if (!Directory.Exists(folder == "" ? "." : folder)) return [];
        return
        [
            .. new DirectoryInfo(folder == "" ? "." : folder).EnumerateFileSystemInfos()
                .Select(entry => folder + entry.Name + (entry is DirectoryInfo ? "/" : ""))
                .Where(name => name.StartsWith(word, StringComparison.Ordinal) && !name.Contains(' '))
                .Order(StringComparer.Ordinal).Take(Most),
        ];
    }
}
