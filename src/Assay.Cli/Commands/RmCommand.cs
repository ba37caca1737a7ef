using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay rm</c></summary>
internal sealed class RmCommand : ToolCommand
{
    private readonly Argument<string[]> _runs = new("RUN") { Description = "One or more runs. " + RunAddress.Description, Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _undo = new("--undo") { Description = "Restore removed runs, named by the first digits of their ids or @N" };
    private readonly Option<bool> _yes = YesOption.Of("Remove without asking");

    public RmCommand() : base("rm", "Remove runs from every list; journals stay as they are until gc frees them")
    {
        Definition.Add(_runs);
        Definition.Add(_undo);
        Definition.Add(_yes);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay rm 373b0836", "assay rm @2 @3 --yes", "assay rm --undo 373b0836", "assay rm latest --yes --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        string[] addresses = call.Arguments.GetRequiredValue(_runs);
        if (call.Arguments.GetValue(_undo))
        {
            call.Answer(RestoreReport.Make(store, addresses, call.LastListOf(store)), RestoreReport.Write);
            return ExitCodes.Success;
        }

        Results all = store.LoadAll();
        RunRecord[] runs = [.. addresses.Select(a => call.Find(store, all, a)).DistinctBy(r => r.Id)];
        store.CheckRemovable(runs);
        var ids = new ShortIds(all.Ids);
        int exit = call.Confirmed(_yes, $"remove {Words.Count(runs.Length, "run")}", RemovalReport.Listed(runs), text => RemovalReport.WriteRuns(runs, ids, text)) ?? Remove(call, store, runs);
        call.WarnOfDamage(all);
        return exit;
    }

    private static int Remove(Invocation call, Store store, RunRecord[] runs)
    {
        call.Answer(RemovalReport.Make(store, runs), RemovalReport.Write);
        return ExitCodes.Success;
    }
}
