namespace Assay.Questions;

internal sealed class ExplainRunQuestion : Question<WhyReport>
{
    private const int MostMembers = 30;
    private const string Default = "Default: the newest other run of the experiment with the same params and seed, else the most "
        + "similar one of its latest other session";

    private static readonly TextParameter Other = new("other", $"The run to compare with. {Default}")
    { ToolDescription = $"The run to compare with: {RunAddress.ToolForms}. {Default}", IsPositional = true };

    public override CommandText Command { get; } = new(
        "why", "Explain what a run's id is made of, and why it was run although another looks the same",
        "assay why latest", "assay why 373b0836", "assay why 373b0836 d4e19b0d --json");

    public override ToolText Tool => new("explain_run", "Explain a run's identity",
        "Explains what a run's id is made of (params, seed, context, code), why it was run although another looks the same, and which "
            + "code members differ.");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Other];

    public override Answer Ask(QuestionCall call)
    {
        string? named = Other.Of(call);
        (Results all, RunRecord run) = call.FindRun();
        (RunRecord, string)? other = named is null ? OtherRun.Choose(all, run)
            : (call.Find(all, named), call.IsTool ? "named in the call" : "named on the command line");
        return new Answer(WhyReport.Of(call.Store, run, other))
        { Runs = all, Rest = "'assay why RUN OTHER --json' at a shell has all of it." };
    }

    protected override void Write(WhyReport report, Page page)
    {
        WriteMakeup(report.Run, page);
        if (report.Attempts.Count > 1)
        {
            page.Heading("attempts");
            foreach (AttemptInfo attempt in report.Attempts) page.Item($"{attempt.Attempt}  {RunDetails.Text(attempt)}");
        }

        if (report.Compared is { } compared && compared.With.RunId != report.Run.RunId) WriteComparison(compared, page);
        page.Heading("answer");
        foreach (string sentence in report.Answer) page.Item(sentence);
    }

    private static void WriteMakeup(RunMakeup run, Page page)
    {
        page.Fact("run", run.RunId);
        page.Fact("status", $"{run.Status}, started {Words.Time(run.StartedAt)} UTC");
        string values = Exact(JsonObjects.Flatten(run.Params));
        if (run.Alone)
        {
            page.Heading("a run that stands alone: its id is made of nothing");
            page.Fact("  name", run.Experiment);
            page.Fact("  params", values);
            return;
        }

        page.Heading("what its id is made of");
        page.Fact("  experiment", run.Experiment);
        page.Fact("  version", run.Version);
        page.Fact("  params", $"{values}  [{run.ParamsFingerprint ?? "no fingerprint"}]");
        page.Fact("  seed", run.Seed?.ToString() ?? "none");
        string context = run.Context.Values is { } shared ? Exact(shared) : "not known";
        page.Fact("  context", $"{context}  [{run.Context.Fingerprint ?? "no fingerprint"}]");
        page.Fact("  code", Text(run.Code));
    }

    private static string Text(CodeMakeup code)
    {
        if (code.Fingerprint is not { Length: > 0 } print) return "not part of it";
        string size = code.Members is { } members
            ? $"{code.Mode}, {Words.Count(members, "member")}, {Words.Count(code.Packages ?? 0, "package")}"
            : "members not known";
        return $"{size}  [{print}]";
    }

    private static void WriteComparison(RunComparison compared, Page page)
    {
        page.Heading($"compared with {compared.With.RunId}");
        page.Item(compared.Chosen);
        page.Item($"{compared.With.Status}, started {Words.Time(compared.With.StartedAt)} UTC");
        page.Item($"older: {compared.OlderRunId}");
        page.Item($"newer: {compared.NewerRunId}");
        WriteChanges("values that differ", compared.Changes, page);
        if (compared.Code is { } code)
        {
            page.Heading("code that differs");
            WriteMembers("changed", code.Changed, page);
            WriteMembers("added", code.Added, page);
            WriteMembers("removed", code.Removed, page);
            if (!code.Known) page.Item("the members of one side are not known");
            WriteChanges("packages that differ", code.Packages, page);
        }

        WriteChanges("beside the id", compared.Outside, page);
    }

    private static void WriteChanges(string heading, IReadOnlyList<ValueChange> changes, Page page) => page.Section(heading, TextGrid.Of(
        changes, ("what", Name), ("older", c => c.Change == ValueChange.Added ? "–" : Shown(c.Before)),
        ("newer", c => c.Change == ValueChange.Removed ? "–" : Shown(c.After))));

    private static string Name(ValueChange change) =>
        change.Part is "packages" or "outside" ? change.Name : change.Name.Length == 0 ? change.Part : $"{change.Part}.{change.Name}";

    private static void WriteMembers(string change, IReadOnlyList<string> names, Page page)
    {
        foreach (string name in names.Take(MostMembers)) page.Item($"{change.PadRight(8)} {name}");
        if (names.Count > MostMembers) page.Item($"{change.PadRight(8)} … and {names.Count - MostMembers} more; --json lists all");
    }

    private static string Exact(IEnumerable<KeyValuePair<string, object?>> values) =>
        string.Join(' ', values.Select(v => $"{v.Key}={JsonText.Of(v.Value)}")) is { Length: > 0 } text ? text : "none";

    private static string Shown(object? value) => value is null ? "none" : JsonText.Of(value);
}
