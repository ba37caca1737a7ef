using System.Globalization;

namespace Assay.Messages;

/// <summary>Words that agree with a count, for messages.</summary>
public static class Plural
{
    /// <summary>
    /// The count with its noun: <c>1 run</c>, <c>3 runs</c>. Digits are those of the invariant culture, without separators.
    /// </summary>
    /// <param name="count">The count.</param>
    /// <param name="singular">The noun for a count of 1.</param>
    /// <param name="plural">The noun for every other count; <paramref name="singular"/> with an "s" when null.</param>
    public static string Of(long count, string singular, string? plural = null) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + Form(count, singular, plural ?? singular + "s");

    /// <summary>The word without its count, as in <c>Form(count, "is", "are")</c>.</summary>
    public static string Form(long count, string singular, string plural) => count == 1 ? singular : plural;
}
