namespace Assay.Questions;

internal sealed class TagRunQuestion : Question<TagReport>
{
    private static readonly ListParameter Changes = new(
        "changes", "+TAG adds a tag, -TAG takes one away, also one that the run gave itself; TAG alone adds", on: Shell)
    { ShellName = "CHANGE", IsPositional = true, IsRequired = true };

    private static readonly ListParameter Add = new("add", "Tags to add", on: Tools);
    private static readonly ListParameter Remove = new("remove", "Tags to take away, also such as the run gave itself", on: Tools);

    public override CommandText Command { get; } = new(
        "tag", "Add tags to a run, or take them away", "assay tag latest +good", "assay tag best:accuracy +paper -draft",
        "assay tag 373b0836 -good --json");

    public override ToolText Tool => new("tag_run", "Tag a run",
        "Adds tags to a run or takes them away, so that runs can be found again with tags = '…' in where, or the argument tags. What "
            + "the run recorded itself is not changed.");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Changes, Add, Remove];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        (IReadOnlyList<string> add, IReadOnlyList<string> remove) = call.IsTool ? (Add.Of(call), Remove.Of(call)) : Split(Changes.Of(call));
        if (add.Count + remove.Count == 0)
            throw new AssayException("neither add nor remove is given; expected at least one tag to add or to take away.");
        (Results all, RunRecord run) = call.FindRun();
        IReadOnlyList<string> before = run.Tags, tags = call.Store.Tag(run, add, remove);
        return new Answer(new TagReport(
            call.Store.Path, run.Id, run.Experiment, [.. tags.Except(before)], [.. before.Except(tags)], tags))
        { Runs = all };
    }

    // A tag without a sign is added.
    private static (string[] Add, string[] Remove) Split(IReadOnlyList<string> changes)
    {
        static string Name(string change) => change.StartsWith('+') || change.StartsWith('-') ? change[1..] : change;
        if (changes.FirstOrDefault(c => string.IsNullOrWhiteSpace(Name(c))) is { } nameless)
            throw new AssayException($"'{nameless}' names no tag; expected +TAG to add one, or -TAG to take one away.");
        return ([.. changes.Where(c => c[0] != '-').Select(Name)], [.. changes.Where(c => c[0] == '-').Select(Name)]);
    }

    protected override void Write(TagReport report, Page page)
    {
        string unchanged = report.Added.Count + report.Removed.Count == 0 ? "nothing to change: " : "";
        string tags = report.Tags.Count == 0 ? "no tags" : $"the tags {string.Join(", ", report.Tags.Select(Printable.Line))}";
        page.Line($"{unchanged}run {report.RunId} has {tags}");
    }
}

/// <summary>The tags of a run after a change; a tag that it had, or had not, already is no change.</summary>
internal sealed record TagReport(
    string Store, string RunId, string Experiment, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<string> Tags) : Report;
