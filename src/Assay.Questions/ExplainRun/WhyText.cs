namespace Assay.Questions;

/// <summary>The report of <c>why</c> as text.</summary>
internal static class WhyText
{
    private const int MostMembers = 30;

    public static void Write(WhyReport report, Page page)
    {
        Makeup(report.Run, page);
        if (report.Attempts.Count > 1)
        {
            page.Heading("attempts");
            foreach (AttemptInfo attempt in report.Attempts) page.Item($"{attempt.Attempt}  {AttemptText.Of(attempt)}");
        }

        if (report.Compared is { } compared && compared.With.RunId != report.Run.RunId) Comparison(compared, page);
        page.Heading("answer");
        foreach (string sentence in report.Answer) page.Item(sentence);
    }

    private static void Makeup(RunMakeup run, Page page)
    {
        page.Fact("run", run.RunId);
        page.Fact("status", $"{run.Status}, started {Words.Time(run.StartedAt)} UTC");
        if (run.Alone)
        {
            page.Heading("a run that stands alone: its id is made of nothing");
            page.Fact("  name", run.Experiment);
            page.Fact("  params", Exact(JsonObjects.Flatten(run.Params)));
            return;
        }

        page.Heading("what its id is made of");
        page.Fact("  experiment", run.Experiment);
        page.Fact("  version", run.Version);
        page.Fact("  params", $"{Exact(JsonObjects.Flatten(run.Params))}  [{run.ParamsFingerprint ?? "no fingerprint"}]");
        page.Fact("  seed", run.Seed?.ToString() ?? "none");
        page.Fact("  context", $"{(run.Context.Values is { } values ? Exact(values) : "not known")}  "
            + $"[{run.Context.Fingerprint ?? "no fingerprint"}]");
        page.Fact("  code", Code(run.Code));
    }

    private static string Code(CodeMakeup code)
    {
        if (code.Fingerprint is not { Length: > 0 } print) return "not part of it";
        string size = code.Members is { } members ? $"{code.Mode}, {Words.Count(members, "member")}, "
            + $"{Words.Count(code.Packages ?? 0, "package")}" : "members not known";
        return $"{size}  [{print}]";
    }

    private static void Comparison(RunComparison compared, Page page)
    {
        page.Heading($"compared with {compared.With.RunId}");
        page.Item(compared.Chosen);
        page.Item($"{compared.With.Status}, started {Words.Time(compared.With.StartedAt)} UTC");
        page.Item($"older: {compared.OlderRunId}");
        page.Item($"newer: {compared.NewerRunId}");
        Changes("values that differ", compared.Changes, page);
        if (compared.Code is { } code)
        {
            page.Heading("code that differs");
            Members("changed", code.Changed, page);
            Members("added", code.Added, page);
            Members("removed", code.Removed, page);
            if (!code.Known) page.Item("the members of one side are not known");
            Changes("packages that differ", code.Packages, page);
        }

        Changes("beside the id", compared.Outside, page);
    }

    private static void Changes(string heading, IReadOnlyList<ValueChange> changes, Page page)
    {
        if (changes.Count == 0) return;
        page.Heading(heading);
        page.Inset(TextGrid.Of(
            changes, ("what", Name), ("older", c => c.Change == ValueChange.Added ? "–" : Shown(c.Before)),
            ("newer", c => c.Change == ValueChange.Removed ? "–" : Shown(c.After))));
    }

    private static string Name(ValueChange change) =>
        change.Part is "packages" or "outside" ? change.Name : change.Name.Length == 0 ? change.Part : $"{change.Part}.{change.Name}";

    private static void Members(string change, IReadOnlyList<string> names, Page page)
    {
        foreach (string name in names.Take(MostMembers)) page.Item($"{change.PadRight(8)} {name}");
        if (names.Count > MostMembers) page.Item($"{change.PadRight(8)} … and {names.Count - MostMembers} more; --json lists all");
    }

    private static string Exact(IEnumerable<KeyValuePair<string, object?>> values) =>
        string.Join(' ', values.Select(v => $"{v.Key}={JsonText.Of(v.Value)}")) is { Length: > 0 } text ? text : "none";

    private static string Shown(object? value) => value is null ? "none" : JsonText.Of(value);
}
