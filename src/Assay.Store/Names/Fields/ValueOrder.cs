namespace Assay.Names;

/// <summary>Compares values: whole numbers exactly, others as real ones, texts by characters, times, and durations in seconds.</summary>
public static class ValueOrder
{
    /// <summary>The order of two values; null when they cannot be compared: different types, NaN, null.</summary>
    public static int? Compare(object? a, object? b)
    {
        (a, b) = (Number(a), Number(b));
        if (NumberOrder.TryNumber(a, out _) && NumberOrder.TryNumber(b, out _)) return NumberOrder.Compare(a, b);
        return (a, b) switch
        {
            (string left, string right) => string.CompareOrdinal(left, right),
            (DateTimeOffset left, DateTimeOffset right) => left.CompareTo(right),
            _ => null,
        };
    }

    /// <summary>Whether two values are equal: 1 and 1.0, NaN and NaN, NaN and its text; lists and objects by their JSON.</summary>
    public static bool AreEqual(object? a, object? b) => (Number(a), Number(b)) switch
    {
        (null, null) => true,
        (bool left, bool right) => left == right,
        (double.NaN, double.NaN) => true,
        (string text, double number) => IsNonFinite(text, number),
        (double number, string text) => IsNonFinite(text, number),
        (object?[], object?[]) or (IReadOnlyDictionary<string, object?>, IReadOnlyDictionary<string, object?>) =>
            PlainJson.Of(a) == PlainJson.Of(b),
        var (left, right) => Compare(left, right) == 0,
    };

    /// <summary>A duration as seconds; everything else as it is.</summary>
    public static object? Number(object? value) => value is TimeSpan duration ? duration.TotalSeconds : value;

    /// <summary>The nearest double of a number or duration.</summary>
    /// <param name="value">The value.</param>
    /// <param name="number">The number; NaN where the value is none.</param>
    /// <returns>False when the value is neither a number nor a duration.</returns>
    public static bool TryNumber(object? value, out double number) => NumberOrder.TryNumber(Number(value), out number);

    /// <summary>As <see cref="TryNumber"/>, for means and ranks: true counts as 1, false as 0.</summary>
    internal static bool TryMeasure(object? value, out double number)
    {
        if (value is not bool truth) return TryNumber(value, out number);
        number = truth ? 1 : 0;
        return true;
    }

    /// <summary>Orders values of all kinds: numbers, times, texts; a value without order, such as NaN and null, last.</summary>
    public static IComparer<object?> Comparer { get; } =
        Comparer<object?>.Create((a, b) => ValueKey.Of(a).CompareTo(ValueKey.Of(b), descending: false));

    /// <summary>Whether a value is equal to another, or a list one of whose elements is.</summary>
    internal static bool IsOrHas(object? value, object? wanted) =>
        AreEqual(value, wanted) || (value is object?[] list && Array.Exists(list, element => AreEqual(element, wanted)));

    private static bool IsNonFinite(string text, double number) => !double.IsFinite(number) && text == JsonBuffer.NonFinite(number);
}

/// <summary>A value to sort by: numbers, times, texts. What cannot be ordered comes last in both directions.</summary>
internal readonly record struct ValueKey(int Group, double Number, object? Exact)
{
    private const int Last = 3;

    public static ValueKey Of(object? value) => ValueOrder.Number(value) switch
    {
        null or double.NaN => new ValueKey(Last, 0, null),
        double real => new ValueKey(0, real, null),
        bool truth => new ValueKey(0, truth ? 1 : 0, null),
        DateTimeOffset time => new ValueKey(1, 0, time),
        string text => new ValueKey(2, 0, text),
        var number when NumberOrder.TryNumber(number, out double real) => new ValueKey(0, real, number),
        var other => new ValueKey(2, 0, PlainJson.Of(other)),
    };

    public int CompareTo(in ValueKey other, bool descending)
    {
        if (Group == Last || other.Group == Last) return Group.CompareTo(other.Group);
        int order = Group != other.Group ? Group.CompareTo(other.Group) : Number.CompareTo(other.Number);
        if (order == 0 && (Exact ?? other.Exact) is not null) order = ValueOrder.Compare(Exact ?? Number, other.Exact ?? other.Number) ?? 0;
        return descending ? -order : order;
    }
}
