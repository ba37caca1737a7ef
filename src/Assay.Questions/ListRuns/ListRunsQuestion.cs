using System.Globalization;

namespace Assay.Questions;

internal sealed class ListRunsQuestion : Question<RunList>
{
    private static readonly ListParameter Sort = RunParameters.Fields(
        "sort", "By these values, NAME or NAME:desc, several with commas. Default: the newest first",
        $"By these values, each {RunParameters.Field}, or NAME:desc for the largest first. Default: the newest first");

    private static readonly ListParameter Columns = RunParameters.Fields(
        "columns", "These values beside the id, several with commas", "Further values to give of each run in 'values', "
            + $"each {RunParameters.Field}");

    private static readonly NumberParameter Limit = RunParameters.Limit(20, 500, "runs");
    private static readonly FlagParameter All = RunParameters.All("runs");

    private static readonly FlagParameter Oldest = new("oldest_first", "The oldest runs first. Default: the newest")
    {
        ShellName = "--oldest",
    };

    public override CommandText Command { get; } = new("ls", "List runs, the newest first",
        "assay ls",
        "assay ls iris --status failed --status interrupted --since 2w",
        "assay ls --where \"params.lr > 0.01 and accuracy >= 0.9\" --sort accuracy:desc",
        "assay ls --where \"metadata.hparams.batch_size in (32, 64)\" --columns params.lr,loss,started",
        "assay ls iris:2 --all --json");

    public override ToolText Tool => new("list_runs", "List runs",
        "Lists runs with params, metrics and status, the newest first; filters by a condition, by time, status and tags, sorts by any "
            + "value, and gives further values as columns. list_paths lists the names there are.");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, Sort, Columns, Limit, All, Oldest, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        RunFilter filter = RunParameters.Read(call);
        RunSortKey[] keys = [.. Sort.Of(call).SelectMany(RunSortKey.Parse)];
        IReadOnlyList<RunField>? columns = RunParameters.Read(Columns, call);
        int most = All.Of(call) ? int.MaxValue : Limit.Count(call);
        bool oldest = Oldest.Of(call);
        var cursor = PageCursor.Of(call);
        (Results all, Results chosen) = filter.Apply(call.Store);
        KnownNames.Require(all, [.. keys.Select(k => k.Field), .. columns ?? []]);
        Results ordered = keys.Length == 0 ? chosen : chosen.Sort(keys, call.Cancellation);
        bool isReversed = keys.Length == 0 && !oldest;
        int from = cursor is null ? 0 : From(cursor, ordered, isReversed);
        RunRecord[] listed = [.. Enumerable.Range(from, Math.Clamp(ordered.Count - from, 0, most))
            .Select(i => ordered[isReversed ? ordered.Count - 1 - i : i])];
        call.LastList?.Remember(listed.Select(run => run.Id));
        return new Answer(new RunList(
            call.Store.Path, filter.Experiment, chosen.Count, listed.Length, columns?.Select(c => c.Name).ToArray(), [
                .. listed.Select(run => RunSummary.Of(run, columns))]))
        {
            Runs = all,
            IsNegative = chosen.Count == 0,
            List = new AnswerList("runs", chosen.Count, from) { IdOf = place => listed[place].Id },
            Rest = "get_run and select_values give the values of one run.",
            ShortIds = () => new ShortIds(all.ReadIds(), listed.Select(run => UInt128.Parse(run.Id, NumberStyles.HexNumber, null))),
        };
    }

    protected override void Write(RunList report, Page page) => RunListText.Write(report, page);

    // The next page begins after the last run of the page before, also when runs were added meanwhile; by its number when the run is gone.
    private static int From(PageCursor cursor, Results ordered, bool isReversed) => ordered.IndexOf(cursor.After) switch
    {
        < 0 => cursor.Offset,
        int place => isReversed ? ordered.Count - place : place + 1,
    };
}
