namespace Assay.Questions;

internal sealed class ExplainRunQuestion : Question<WhyReport>
{
    private const string Default = "Default: the newest other run of the experiment with the same params and seed, else the most "
        + "similar one of its latest other session";

    private static readonly TextParameter Other = new("other", $"The run to compare with. {Default}")
    {
        ToolDescription = $"The run to compare with: {RunAddress.ToolForms}. {Default}",
        IsPositional = true,
    };

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
        {
            Runs = all,
            Rest = "'assay why RUN OTHER --json' at a shell has all of it.",
        };
    }

    protected override void Write(WhyReport report, Page page) => WhyText.Write(report, page);
}
