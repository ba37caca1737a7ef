using System.Globalization;

namespace Assay.Cli.Mcp;

internal sealed class RemoveRunsTool : StoreTool
{
    private static readonly TextListParameter Runs = new("runs", "The runs, each by its run_id or at least 8 of its first digits: what latest or best: means may change before it is removed", required: true);

    public override string Name => "remove_runs";

    public override string Title => "Remove runs";

    public override string Description =>
        "Removes runs from every list and answer. Their journals stay as they are, and 'assay rm --undo' at a shell brings them back until 'assay gc' has freed them. Ask the user first. (assay rm)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Runs];

    public override bool Writes => true;

    public override bool Destroys => true;

    public override bool IsIdempotent => false;

    public override Type Answer => typeof(RemovalReport);

    public override ToolAnswer Call(ToolCall call)
    {
        string[] ids = [.. Runs.Of(call)!];
        foreach (string id in ids.Where(id => id.Length is < ShortIds.Least or > 32 || !UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)))
            throw new AssayException($"'{id}' is no run_id; expected at least {ShortIds.Least} of its 32 hexadecimal digits. Take the run_id of a list.");
        Results all = call.Store.LoadAll();
        RunRecord[] runs = [.. ids.Select(id => ToolCall.Find(all, id)).DistinctBy(r => r.Id)];
        return new ToolAnswer(RemovalReport.Make(call.Store, runs)) { Damaged = all.Damage.Count };
    }
}
