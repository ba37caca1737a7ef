namespace Assay;

public sealed partial class SeededRandom
{
    /// <summary>Shuffles in place, every order equally likely.</summary>
    public new void Shuffle<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Shuffle(values.AsSpan());
    }

    /// <summary>
    /// Shuffles in place, every order equally likely: for <c>i</c> from the last index down to 1, swaps items <c>i</c>
    /// and <c>Next(i + 1)</c> (Fisher and Yates, in Durstenfeld's form).
    /// </summary>
    public new void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Picks items with repetition, all equally likely.</summary>
    /// <exception cref="ArgumentException">There is nothing to choose from.</exception>
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

    /// <summary>Fills the destination with items picked with repetition: each is <c>choices[Next(choices.Length)]</c>.</summary>
    /// <exception cref="ArgumentException">There is nothing to choose from.</exception>
    public new void GetItems<T>(ReadOnlySpan<T> choices, Span<T> destination)
    {
        if (choices.IsEmpty) throw new ArgumentException("There is nothing to choose from; give at least one choice.", nameof(choices));
        for (int i = 0; i < destination.Length; i++) destination[i] = choices[Next(choices.Length)];
    }

    /// <summary>A text of characters picked as by <see cref="GetItems{T}(ReadOnlySpan{T}, int)"/>.</summary>
    public new string GetString(ReadOnlySpan<char> choices, int length) => new(GetItems(choices, length));

    /// <summary>A text of hexadecimal digits, each <c>Next(16)</c>.</summary>
    /// <param name="stringLength">Number of digits.</param>
    /// <param name="lowercase">Whether to use a–f instead of A–F.</param>
    public new string GetHexString(int stringLength, bool lowercase = false) => GetString(Digits(lowercase), stringLength);

    /// <summary>Fills the destination with hexadecimal digits, each <c>Next(16)</c>.</summary>
    public new void GetHexString(Span<char> destination, bool lowercase = false) => GetItems(Digits(lowercase), destination);

    private static string Digits(bool lowercase) => lowercase ? "0123456789abcdef" : "0123456789ABCDEF";
}
