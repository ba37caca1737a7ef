namespace Assay.Questions;

/// <summary>Statistics for which a caller chose a method.</summary>
internal static class Statistics
{
    /// <summary>What a statistic gives.</summary>
    /// <exception cref="AssayException">The method does not fit the values.</exception>
    public static T Asked<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (ArgumentException fault) when (fault is not ArgumentNullException)
        {
            // Without the name of the parameter, which is none of the caller's.
            throw new AssayException(fault.Message.Split(" (Parameter '")[0], fault);
        }
    }
}
