namespace Assay.Names;

/// <summary>
/// Compares values of runs: whole numbers exactly, other numbers as real ones, texts by their characters, times, and durations, which are
/// seconds beside a number. Thread-safe.
/// </summary>
public static class ValueOrder
{
    /// <summary>The order of two values; null when they cannot be compared: different types, NaN, null.</summary>
    /// <param name="a">A value of any type that records have.</param>
    /// <param name="b">Another one.</param>
    public static int? Compare(object? a, object? b)
    {
        (a, b) = (Number(a), Number(b));
        if (FieldNames.TryNumber(a, out _) && FieldNames.TryNumber(b, out _)) return NumberOrder.Compare(a, b);
        return (a, b) switch
        {
            (string left, string right) => string.CompareOrdinal(left, right),
            (DateTimeOffset left, DateTimeOffset right) => left.CompareTo(right),
            _ => null,
        };
    }

    /// <summary>Whether two values are equal: 1 and 1.0 are, and NaN and NaN.</summary>
    /// <param name="a">A value of any type that records have.</param>
    /// <param name="b">Another one.</param>
    public static bool AreEqual(object? a, object? b) => (Number(a), Number(b)) switch
    {
        (null, null) => true,
        (bool left, bool right) => left == right,
        (double.NaN, double.NaN) => true,
        var (left, right) => Compare(left, right) == 0,
    };

    /// <summary>A duration as seconds; everything else as it is.</summary>
    /// <param name="value">The value.</param>
    public static object? Number(object? value) => value is TimeSpan duration ? duration.TotalSeconds : value;

    /// <summary>The nearest double of a number or duration.</summary>
    /// <param name="value">The value.</param>
    /// <param name="number">The number; NaN where the value is none.</param>
    /// <returns>False when the value is neither a number nor a duration.</returns>
    public static bool TryNumber(object? value, out double number) => FieldNames.TryNumber(Number(value), out number);

    /// <summary>
    /// The group and the key to sort a value by: numbers, then times, then texts. A value without order, such as NaN and null, has no key;
    /// it comes last in both directions.
    /// </summary>
    /// <param name="value">The value.</param>
    public static (int Group, object? Key) SortKey(object? value) => Number(value) switch
    {
        double.NaN or null => (3, null),
        DateTimeOffset time => (1, time),
        string text => (2, text),
        bool truth => (0, truth ? 1L : 0L),
        var number when FieldNames.TryNumber(number, out _) => (0, number),
        var other => (2, PlainJson.Of(other)),
    };
}
