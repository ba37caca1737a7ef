namespace Assay;

public sealed partial class SeededRandom
{
    /// <summary>Shuffles in place. Every order has the same probability.</summary>
    public new void Shuffle<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shuffle(values.AsSpan());
    }

    /// <summary>
    /// Shuffles in place. Every order has the same probability. For <c>i</c> from the last index down to 1, the items at <c>i</c> and
    /// <c>Next(i + 1)</c> are swapped (Fisher–Yates shuffle in Durstenfeld's form).
    /// </summary>
    public new void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Chooses items with replacement. All have the same probability.</summary>
    /// <exception cref="ArgumentException">There are no choices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public new T[] GetItems<T>(T[] choices, int length)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return GetItems((ReadOnlySpan<T>)choices, length);
    }

    /// <inheritdoc cref="GetItems{T}(T[], int)"/>
    public new T[] GetItems<T>(ReadOnlySpan<T> choices, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var items = new T[length];
        GetItems(choices, items.AsSpan());
        return items;
    }

    /// <summary>Fills the destination with items chosen with replacement: each is <c>choices[Next(choices.Length)]</c>.</summary>
    /// <exception cref="ArgumentException">There are no choices.</exception>
    public new void GetItems<T>(ReadOnlySpan<T> choices, Span<T> destination)
    {
        if (choices.IsEmpty) throw new ArgumentException("There are no choices; give at least one.", nameof(choices));
        for (int i = 0; i < destination.Length; i++) destination[i] = choices[Next(choices.Length)];
    }

    /// <summary>Returns a string of characters chosen as by <see cref="GetItems{T}(ReadOnlySpan{T}, int)"/>.</summary>
    public new string GetString(ReadOnlySpan<char> choices, int length) => new(GetItems(choices, length));

    /// <summary>Returns a string of hexadecimal digits, each <c>Next(16)</c>.</summary>
    /// <param name="stringLength">The number of digits.</param>
    /// <param name="lowercase">Whether the digits are a–f instead of A–F. Default: false.</param>
    public new string GetHexString(int stringLength, bool lowercase = false) => GetString(Digits(lowercase), stringLength);

    /// <summary>Fills the destination with hexadecimal digits, each <c>Next(16)</c>.</summary>
    public new void GetHexString(Span<char> destination, bool lowercase = false) => GetItems(Digits(lowercase), destination);

    private static string Digits(bool lowercase) => lowercase ? "0123456789abcdef" : "0123456789ABCDEF";
}
