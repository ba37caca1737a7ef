namespace Assay.Names;

/// <summary>
/// Compares values of runs: whole numbers exactly, other numbers as real ones, texts by their characters, times, and durations, which are
/// seconds beside a number.
/// </summary>
internal static class ValueOrder
{
    /// <summary>Null when the two cannot be compared: different types, NaN, null.</summary>
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

    public static bool AreEqual(object? a, object? b) => (Number(a), Number(b)) switch
    {
        (null, null) => true,
        (bool left, bool right) => left == right,
        (double.NaN, double.NaN) => true,
        var (left, right) => Compare(left, right) == 0,
    };

    /// <summary>A duration as seconds; everything else as it is.</summary>
    public static object? Number(object? value) => value is TimeSpan duration ? duration.TotalSeconds : value;

    /// <summary>
    /// For sorting: numbers, then times, then text; what cannot be ordered, NaN and null among it, has no key and comes last either way.
    /// </summary>
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
