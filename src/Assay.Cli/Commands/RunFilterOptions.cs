using System.CommandLine;

namespace Assay.Cli;

/// <summary>The arguments by which commands are told which runs are meant; the same in all of them.</summary>
internal sealed class RunFilterOptions
{
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

    private readonly Option<string?> _where = new("--where")
    {
        Description = "Only runs that fulfil a condition, such as \"params.lr > 0.01 and accuracy >= 0.9\"",
        HelpName = "CONDITION",
    };

    private readonly Option<string?> _since = new("--since") { Description = "Only runs started then or later: 2w, 3d, 12h ago, or 2026-01-31", HelpName = "TIME" };
    private readonly Option<string?> _until = new("--until") { Description = "Only runs started before then", HelpName = "TIME" };
    private readonly Option<string[]> _tag = new("--tag") { Description = "Only runs with this tag; may be given again", HelpName = "TAG" };

    /// <param name="command">Gets the arguments.</param>
    /// <param name="status">Whether runs of any status can be asked for.</param>
    public void AddTo(Command command, bool status = true)
    {
        command.Add(_experiment);
        if (status) command.Add(_status);
        command.Add(_where);
        command.Add(_since);
        command.Add(_until);
        command.Add(_tag);
    }

    /// <exception cref="AssayException">A value is not understood.</exception>
    public RunFilter Read(Invocation call)
    {
        ParseResult arguments = call.Arguments;
        return new RunFilter
        {
            Experiment = arguments.GetValue(_experiment),
            Statuses = (arguments.GetValue(_status) ?? []).Select(Status).ToHashSet(),
            Where = arguments.GetValue(_where) is { } where ? RunCondition.Parse(where, call.Now) : null,
            Since = arguments.GetValue(_since) is { } since ? TimeText.Parse("--since", since, call.Now) : null,
            Until = arguments.GetValue(_until) is { } until ? TimeText.Parse("--until", until, call.Now) : null,
            Tags = arguments.GetValue(_tag) ?? [],
        };
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
