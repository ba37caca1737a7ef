using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay compare</c></summary>
internal sealed class CompareCommand : ToolCommand
{
    private const int DefaultLimit = 200;
    private const int MostRuns = 10;

    private readonly Argument<string[]> _runs = new("RUN") { Description = $"Two to {MostRuns} runs. {RunAddress.Description}", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "Also what is the same. Default: only what differs" };
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many rows", 1, DefaultLimit);

    public CompareCommand() : base("compare", "Set runs side by side: params, metrics, status, code")
    {
        Definition.Add(_runs);
        Definition.Add(_all);
        Definition.Add(_limit);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay compare latest~1 latest", "assay compare best:accuracy latest --all", "assay compare @1 @2 @3 --json"];

    protected override int Run(Invocation call)
    {
        string[] addresses = call.Arguments.GetRequiredValue(_runs);
        if (addresses.Length is < 2 or > MostRuns) throw new AssayException($"{addresses.Length} runs are named; expected two to {MostRuns}. 'assay ls --columns' sets more of them below each other.");
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord[] runs = [.. addresses.Select(a => call.Find(store, all, a))];
        IReadOnlyList<ComparedRow> rows = SideBySide.Of([.. runs.DistinctBy(r => r.Id)]);
        var report = CompareReport.Of(store, addresses, runs, rows, call.Arguments.GetValue(_all), call.Arguments.GetValue(_limit));
        var ids = new ShortIds(all.Ids);
        call.Answer(report, (answer, page) => CompareText.Write(answer, ids, page));
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
