namespace Assay.Tables.Arrow;

/// <summary>
/// A column to be written as it lies in memory, narrow numbers and codes included; see <see cref="ArrowFile.Write"/>. Values are taken when
/// they are written, so the memory must not change before.
/// </summary>
internal sealed record RawColumn(ArrowField Field, OutgoingArray Values)
{
    /// <summary>The entries that the values of a dictionary-encoded column are numbers of.</summary>
    public OutgoingArray? Dictionary { get; private init; }

    /// <summary>Numbers of 8 to 64 bits, signed or not, or floating-point numbers of 32 or 64.</summary>
    public static RawColumn Of<T>(string name, ReadOnlyMemory<T> values, Validity? validity = null) where T : unmanaged =>
        new(new ArrowField(name, ArrowType.Of<T>()), OutgoingArray.Fixed(new MemoryValues<T>(values), 0, values.Length, validity));

    /// <summary>Values of <paramref name="width"/> bytes each, such as ids and hashes.</summary>
    public static RawColumn OfBytes(string name, ReadOnlyMemory<byte> values, int width, Validity? validity = null) =>
        new(new ArrowField(name, ArrowType.FixedBinary(width)), OutgoingArray.FixedBytes(values, values.Length / width, validity));

    public static RawColumn OfBooleans(string name, ReadOnlySpan<bool> values, Validity? validity = null) =>
        new(new ArrowField(name, ArrowType.Bool), OutgoingArray.Booleans(values, validity));

    /// <summary>Texts; where one is null, <paramref name="validity"/> says so.</summary>
    public static RawColumn OfTexts(string name, ReadOnlyMemory<string?> texts, Validity? validity = null)
    {
        bool isLarge = OutgoingArray.NeedsLarge(texts.Span, texts.Length);
        return new(new ArrowField(name, isLarge ? ArrowType.LargeUtf8 : ArrowType.Utf8), OutgoingArray.Texts(new MemoryValues<string?>(texts), 0, texts.Length, validity, isLarge));
    }

    /// <summary>Whole numbers that count entries of a dictionary, from 0.</summary>
    public static RawColumn OfCodes<T>(string name, ReadOnlyMemory<T> codes, ReadOnlyMemory<string?> dictionary, Validity? validity = null) where T : unmanaged
    {
        RawColumn entries = OfTexts(name, dictionary);
        return new(entries.Field with { Dictionary = new ArrowEncoding(0, ArrowType.Of<T>()) }, OutgoingArray.Fixed(new MemoryValues<T>(codes), 0, codes.Length, validity))
        {
            Dictionary = entries.Values,
        };
    }

    /// <summary>Whole numbers that count entries of a dictionary, from 0, whose texts stand in UTF-8 one behind the other.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="codes">The numbers.</param>
    /// <param name="places">Where each entry begins in <paramref name="utf8"/>, and where the last one ends.</param>
    /// <param name="utf8">The entries.</param>
    /// <param name="validity">Which numbers mean nothing.</param>
    public static RawColumn OfCodes<T>(string name, ReadOnlyMemory<T> codes, ReadOnlyMemory<int> places, ReadOnlyMemory<byte> utf8, Validity? validity = null) where T : unmanaged =>
        new(new ArrowField(name, ArrowType.Utf8) { Dictionary = new ArrowEncoding(0, ArrowType.Of<T>()) }, OutgoingArray.Fixed(new MemoryValues<T>(codes), 0, codes.Length, validity))
        {
            Dictionary = OutgoingArray.Utf8(places, utf8),
        };
}
