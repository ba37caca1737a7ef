using System.CommandLine;
using System.Globalization;

namespace Assay.Cli;

/// <summary><c>assay ls</c></summary>
internal sealed class LsCommand : ToolCommand
{
    private const int DefaultLimit = 20;

    private readonly Argument<string?> _experiment = new("EXPERIMENT")
    {
        Description = "Only runs of this experiment: name, or name:version",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _status = new("--status")
    {
        Description = "Only runs that stand like this: running, success, failed, cancelled or interrupted; may be given again",
        HelpName = "STATUS",
    };

    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many runs", 1, DefaultLimit);
    private readonly Option<bool> _all = new("--all") { Description = "All runs, however many" };
    private readonly Option<bool> _oldest = new("--oldest") { Description = "The oldest runs first. Default: the newest" };

    public LsCommand() : base("ls", "List runs, the newest first")
    {
        Definition.Add(_experiment);
        Definition.Add(_status);
        Definition.Add(_limit);
        Definition.Add(_all);
        Definition.Add(_oldest);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
        ["assay ls", "assay ls iris --status failed --status interrupted", "assay ls iris:2 --all --json"];

    protected override int Run(Invocation call)
    {
        HashSet<RunStatus> statuses = [.. (call.Arguments.GetValue(_status) ?? []).Select(Status)];
        Store store = call.OpenStore();
        string? experiment = call.Arguments.GetValue(_experiment);
        Results runs = experiment is null ? store.LoadAll() : store.Load(experiment, earlier: true);
        Results chosen = statuses.Count == 0 ? runs : runs.Filter(statuses);
        int shown = call.Arguments.GetValue(_all) ? chosen.Count : Math.Min(chosen.Count, call.Arguments.GetValue(_limit));
        bool oldest = call.Arguments.GetValue(_oldest);
        IEnumerable<RunRecord> listed = Enumerable.Range(0, shown).Select(i => chosen[oldest ? i : chosen.Count - 1 - i]);
        var report = new RunList(store.Path, experiment, chosen.Count, shown, [.. listed.Select(RunSummary.Of)]);
        var ids = ShortIds.Among(runs, report.Runs.Select(r => UInt128.Parse(r.RunId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        call.Answer(report, (list, page) => RunListText.Write(list, ids, page));
        call.WarnOfDamage(runs);
        return chosen.Count > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static RunStatus Status(string text)
    {
        foreach (RunStatus status in Enum.GetValues<RunStatus>())
        {
            if (string.Equals(RunStatusText.Text(status), text, StringComparison.OrdinalIgnoreCase)) return status;
        }

        throw new AssayException($"--status is '{text}'; expected {string.Join(", ", Enum.GetValues<RunStatus>().Select(RunStatusText.Text))}. Correct it.");
    }
}
