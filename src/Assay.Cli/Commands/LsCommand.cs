using System.CommandLine;
using System.Globalization;

namespace Assay.Cli;

/// <summary><c>assay ls</c></summary>
internal sealed class LsCommand : ToolCommand
{
    private const int DefaultLimit = 20;

    private readonly RunFilterOptions _filter = new();
    private readonly Option<string?> _sort = new("--sort") { Description = "By these values, NAME or NAME:desc, several with commas. Default: the newest first", HelpName = "NAMES" };
    private readonly Option<string?> _columns = FieldListOption.Of("--columns", "These values beside the id, several with commas");
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many runs", 1, DefaultLimit);
    private readonly Option<bool> _all = new("--all") { Description = "All runs, however many" };
    private readonly Option<bool> _oldest = new("--oldest") { Description = "The oldest runs first. Default: the newest" };

    public LsCommand() : base("ls", "List runs, the newest first")
    {
        _filter.AddTo(Definition);
        Definition.Add(_sort);
        Definition.Add(_columns);
        Definition.Add(_limit);
        Definition.Add(_all);
        Definition.Add(_oldest);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "assay ls",
        "assay ls iris --status failed --status interrupted --since 2w",
        "assay ls --where \"params.lr > 0.01 and accuracy >= 0.9\" --sort accuracy:desc",
        "assay ls --where \"metadata.hparams.batch_size in (32, 64)\" --columns params.lr,loss,started",
        "assay ls iris:2 --all --json",
    ];

    protected override int Run(Invocation call)
    {
        RunFilter filter = _filter.Read(call);
        IReadOnlyList<RunSortKey> keys = call.Arguments.GetValue(_sort) is { } sort ? RunSortKey.Parse(sort) : [];
        IReadOnlyList<RunField>? columns = FieldListOption.Read(call.Arguments, _columns);
        Store store = call.OpenStore();
        (Results all, Results chosen) = filter.Apply(store);
        KnownNames.Require(all, [.. keys.Select(k => k.Field), .. columns ?? []]);
        int shown = call.Arguments.GetValue(_all) ? chosen.Count : Math.Min(chosen.Count, call.Arguments.GetValue(_limit));
        RunRecord[] listed = [.. Places(call, chosen, keys).Take(shown).Select(place => chosen[place])];
        var report = new RunList(store.Path, filter.Experiment, chosen.Count, shown, columns?.Select(c => c.Name).ToArray(), [.. listed.Select(run => RunSummary.Of(run, columns))]);
        call.LastListOf(store).Remember(listed.Select(run => run.Id));
        var ids = ShortIds.Among(all, listed.Select(run => UInt128.Parse(run.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        call.Answer(report, (list, page) => RunListText.Write(list, ids, page));
        call.WarnOfDamage(all);
        return chosen.Count > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private IEnumerable<int> Places(Invocation call, Results chosen, IReadOnlyList<RunSortKey> keys)
    {
        if (keys.Count > 0) return RunOrder.Sort(chosen, keys);
        int count = chosen.Count;
        IEnumerable<int> oldest = Enumerable.Range(0, count);
        return call.Arguments.GetValue(_oldest) ? oldest : oldest.Select(place => count - 1 - place);
    }
}
