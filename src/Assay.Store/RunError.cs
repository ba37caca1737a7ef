namespace Assay;

/// <summary>Why a run did not succeed.</summary>
/// <param name="Kind">
/// What sort of failure: <c>exception</c>, <c>timeout</c>, <c>cancelled</c> or <c>infrastructure</c>, or what the operation said of it:
/// of calls of models <c>rate_limit</c>, <c>provider</c>, <c>refusal</c>, <c>truncated</c> or <c>malformed</c>. None of them is ever to be
/// scored as a wrong answer.
/// </param>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Stack">The stack trace with inner exceptions; null when there was none.</param>
public sealed record RunError(string Kind, string Type, string Message, string? Stack)
{
    /// <summary>The error of an exception, with passwords and keys in its texts masked.</summary>
    /// <param name="fault">The exception; its own members may throw.</param>
    /// <param name="kind">What sort of failure. Default: <c>exception</c>.</param>
    public static RunError Of(Exception fault, string kind = "exception")
    {
        ArgumentNullException.ThrowIfNull(fault);
        string? stack = ExceptionText.Stack(fault) is { } text ? Secrets.Masked(text) : null;
        return new RunError(kind, FullTypeName.Of(fault.GetType()), Secrets.Masked(ExceptionText.Message(fault)), stack);
    }

    /// <summary>Type and the place it was thrown at: failures with the same signature failed the same way.</summary>
    public string Signature => $"{Type}\n"
        + Stack?.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(l => l.StartsWith("at ", StringComparison.Ordinal));
}

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Started, not ended, and its writer lives.</summary>
    Running,

    /// <summary>The operation returned.</summary>
    Success,

    /// <summary>The operation threw, ran out of time, or its process died; <see cref="RunError.Kind"/> is the reason.</summary>
    Failed,

    /// <summary>Stopped on request before it ended.</summary>
    Cancelled,

    /// <summary>Started and never ended: its writer is gone. Derived when reading; it is run again on resume.</summary>
    Interrupted,
}
