using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// What can go wrong with a call of a model, as it stands in <see cref="RunError.Kind"/>. A run that ends with one of them has failed and
/// is never scored as incorrect.
/// </summary>
public static class ChatOutcome
{
    /// <summary>The provider refused the call because there were too many, also after retries.</summary>
    public const string RateLimit = "rate_limit";

    /// <summary>The provider failed: an error of the server, a broken connection, an answer that is not of the protocol.</summary>
    public const string Provider = "provider";

    /// <summary>The call, the step or the run took longer than its time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The model, or a filter of the provider, refused to answer.</summary>
    public const string Refusal = "refusal";

    /// <summary>The answer ended at its largest number of tokens.</summary>
    public const string Truncated = "truncated";

    /// <summary>The answer is whole and not of the form that was asked for.</summary>
    public const string Malformed = "malformed";

    /// <summary>All of them, in the order of summaries.</summary>
    public static IReadOnlyList<string> All { get; } =
        [RateLimit, Provider, Timeout, Refusal, Truncated, Malformed];
}

/// <summary>A call of a model that gave no usable answer. Thrown in a step; one that is not caught fails the run.</summary>
public sealed class ChatException : RunErrorException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="outcome">One of <see cref="ChatOutcome"/>.</param>
    /// <param name="message">The value, what was expected, and what to do.</param>
    /// <param name="innerException">The cause. Default: none.</param>
    public ChatException(string outcome, string message, Exception? innerException = null) : base(outcome, message, innerException) { }

    /// <summary>What the model answered, where it did: a refusal, the part of a truncated answer, a malformed one.</summary>
    public ChatResponse? Response { get; init; }

    /// <summary>How long the provider asked to wait before the next call; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; init; }
}

/// <summary>The budget of an experiment does not cover the next call. Finished runs are kept; with a larger budget they go on.</summary>
public sealed class BudgetException : RunErrorException
{
    internal BudgetException(string message) : base("cancelled", message) { }

    /// <summary>The results up to the stop; null inside of a run.</summary>
    public Results? Results { get; internal init; }
}
