namespace Assay.Chat;

/// <summary>The options of a prompt. Immutable.</summary>
public sealed record ReplOptions
{
    /// <summary>
    /// The options of all runs that the prompt starts: the store, retries and the like. The prompt itself chooses the runs, shows their
    /// progress and handles signals.
    /// </summary>
    public RunOptions Runs { get; init; } = new();

    /// <summary>
    /// Where commands are read. Default: standard input; a prompt with line editing if that and the output are a terminal.
    /// </summary>
    public TextReader? Input { get; init; }

    /// <summary>Where everything is written. Default: standard output.</summary>
    public TextWriter? Output { get; init; }
}
