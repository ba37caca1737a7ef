namespace Assay.Tables;

/// <summary>
/// Texts as numbers of entries; the number at a null is undefined. All entries are different, so equal numbers are equal texts and
/// different ones different texts. Not every entry need be used.
/// </summary>
internal sealed record TextCodes(ReadOnlyMemory<int> Codes, string[] Entries, Validity? Validity);

/// <summary>
/// A column whose values are numbers of entries in a list, on which grouping and filtering work without looking at the texts.
/// </summary>
internal interface IDictionaryCodes
{
    TextCodes Codes { get; }
}

/// <summary>
/// Texts of which there are few different ones. What it is made of, and the texts row by row, come into being when they are asked for.
/// </summary>
internal sealed class DictionaryColumn : Column, IValues<string?>, IDictionaryCodes
{
    private readonly Lazy<TextCodes> _codes;
    private readonly Lazy<string?[]> _texts;

    public DictionaryColumn(string name, ColumnType type, int count, Lazy<TextCodes> codes)
        : this(name, type, count, codes, new(() => Spread(codes.Value))) { }

    private DictionaryColumn(string name, ColumnType type, int count, Lazy<TextCodes> codes, Lazy<string?[]> texts)
        : base(name, type, count)
    {
        _codes = codes;
        _texts = texts;
    }

    public TextCodes Codes => _codes.Value;

    public ReadOnlySpan<string?> Values => _texts.Value;

    internal override Validity? Validity => Codes.Validity;

    internal override object Boxed(int row)
    {
        string text = Codes.Entries[Codes.Codes.Span[row]];
        return Type == ColumnType.Json ? JsonText.Parse(text) : text;
    }

    internal override Column Named(string name) => new DictionaryColumn(name, Type, Count, _codes, _texts);

    internal override Column Take(ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<int> source = Codes.Codes.Span;
        var taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = rows[i] < 0 ? 0 : source[rows[i]];
        return With(new TextCodes(taken, Codes.Entries, Validity.Take(Validity, rows)));
    }

    internal override Column Slice(int start, int count) =>
        With(new TextCodes(Codes.Codes.Slice(start, count), Codes.Entries, Validity.Slice(Validity, start, count)));

    private DictionaryColumn With(TextCodes codes) => new(Name, Type, codes.Codes.Length, new Lazy<TextCodes>(codes));

    private static string?[] Spread(TextCodes codes)
    {
        ReadOnlySpan<int> numbers = codes.Codes.Span;
        var texts = new string?[numbers.Length];
        for (int i = 0; i < texts.Length; i++)
            if (codes.Validity is not { } validity || validity[i]) texts[i] = codes.Entries[numbers[i]];
        return texts;
    }
}
