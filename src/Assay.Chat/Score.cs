namespace Assay.Chat;

/// <summary>The judgement of a run: correct, incorrect, a number between, or none, and why. Immutable.</summary>
public sealed record Score
{
    private Score(double? value) => Value = value;

    /// <summary>A correct answer: 1.</summary>
    public static Score Correct { get; } = new(1);

    /// <summary>An incorrect answer: 0.</summary>
    public static Score Incorrect { get; } = new(0);

    /// <summary>From 0 to 1; null for a run that is not scored, which is left out of every accuracy and counted beside it.</summary>
    public double? Value { get; }

    /// <summary>Why; null where nothing was said.</summary>
    public string? Reason { get; init; }

    /// <summary>What a scorer took out of the answer to compare it; null where it found nothing, or there was no scorer.</summary>
    public string? Extracted { get; init; }

    /// <summary>What it was compared with; null without a scorer.</summary>
    public string? Expected { get; init; }

    /// <summary><c>correct</c> for 1, <c>incorrect</c> for 0, <c>partial</c> between, <c>unscored</c> for none.</summary>
    public string Outcome => Value switch { null => "unscored", 1 => "correct", 0 => "incorrect", _ => "partial" };

    /// <summary>A number from 0 to 1.</summary>
    /// <exception cref="AssayException">The number is outside, or NaN.</exception>
    public static Score Of(double value, string? reason = null) => value is >= 0 and <= 1 ? new(value) { Reason = reason }
        : throw new AssayException($"the score is {value}; expected a number from 0 to 1. Divide by the largest possible score.");

    /// <summary>Correct or incorrect.</summary>
    public static Score Of(bool isCorrect, string? reason = null) => (isCorrect ? Correct : Incorrect) with { Reason = reason };

    /// <summary>No judgement, for a run that cannot be judged.</summary>
    /// <param name="why">The reason, for readers of the results. Not blank.</param>
    public static Score Unscored(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return new((double?)null) { Reason = why };
    }

    /// <summary>The outcome, and why.</summary>
    public override string ToString() =>
        (Outcome == "partial" ? FormattableString.Invariant($"{Value}") : Outcome) + (Reason is null ? "" : $" ({Reason})");
}
