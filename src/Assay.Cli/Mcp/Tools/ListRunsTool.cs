using System.Globalization;

namespace Assay.Cli.Mcp;

internal sealed class ListRunsTool : StoreTool
{
    private static readonly TextListParameter Sort = new("sort", $"By these values, each {ToolTexts.Field}, or NAME:desc for the largest first. Default: the newest first");
    private static readonly TextListParameter Columns = new("columns", $"Further values to give of each run in 'values', each {ToolTexts.Field}");
    private static readonly FlagParameter Oldest = new("oldest_first", "The oldest runs first instead of the newest");
    private static readonly NumberParameter Limit = ToolTexts.Limit(20, 500, "runs");

    public override string Name => "list_runs";

    public override string Title => "List runs";

    public override string Description =>
        "Lists runs with params, metrics and status, the newest first; filters by a condition, by time, status and tags, sorts by any value, and gives further values as columns. "
        + "list_paths tells which names there are. (assay ls)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [.. RunFilterParameters.All, Sort, Columns, Oldest, Limit, PageCursor.Parameter];

    public override Type Answer => typeof(RunList);

    public override ToolAnswer Call(ToolCall call)
    {
        RunFilter filter = RunFilterParameters.Of(call);
        RunSortKey[] keys = [.. (Sort.Of(call) ?? []).SelectMany(RunSortKey.Parse)];
        RunField[]? columns = Columns.Of(call) is { } names ? [.. names.Select(RunField.Parse)] : null;
        var cursor = PageCursor.Of(call);
        (Results all, Results chosen) = filter.Apply(call.Store);
        KnownNames.Require(all, [.. keys.Select(k => k.Field), .. columns ?? []]);
        int[] places = Places(call, chosen, keys);
        int from = cursor is null ? 0 : From(cursor, chosen, places);
        RunSummary[] page = [.. places.Skip(from).Take(Limit.Of(call)).Select(place => RunSummary.Of(chosen[place], columns))];
        return new ToolAnswer(new RunList(call.Store.Path, filter.Experiment, chosen.Count, page.Length, columns?.Select(c => c.Name).ToArray(), page))
        {
            List = "runs",
            Next = kept => from + kept < places.Length && kept > 0 ? new PageCursor(from + kept, page[kept - 1].RunId).Text(call) : null,
            Damaged = all.Damage.Count,
            Rest = "get_run and select_values give the values of one run.",
        };
    }

    private static int[] Places(ToolCall call, Results chosen, IReadOnlyList<RunSortKey> keys)
    {
        if (keys.Count > 0) return RunOrder.Sort(chosen, keys, call.Cancellation);
        int[] places = [.. Enumerable.Range(0, chosen.Count)];
        if (!Oldest.Of(call)) Array.Reverse(places);
        return places;
    }

    // Behind the run that was given last, wherever runs that came meanwhile have moved it; by number only when it is gone.
    private static int From(PageCursor cursor, Results chosen, int[] places)
    {
        if (UInt128.TryParse(cursor.After, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 last) && chosen.Ids.ToList().IndexOf(last) is >= 0 and int place)
            return Array.IndexOf(places, place) + 1;
        return cursor.Offset;
    }
}
