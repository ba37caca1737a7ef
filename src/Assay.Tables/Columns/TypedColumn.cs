namespace Assay.Tables;

/// <summary>A column whose values can be seen as a span. Where a value is null the span holds the default, NaN for doubles.</summary>
internal interface IValues<T>
{
    ReadOnlySpan<T> Values { get; }
}

/// <summary>A column over a block of memory, which may be an array or a mapped file.</summary>
internal sealed class TypedColumn<T>(string name, ColumnType type, ReadOnlyMemory<T> values, Validity? validity)
    : Column(name, type, values.Length), IValues<T>
{
    public ReadOnlySpan<T> Values => values.Span;

    internal override Validity? Validity => validity;

    internal override object Boxed(int row) => Type == ColumnType.Json
        ? JsonText.Parse((string)(object)values.Span[row]!)
        : values.Span[row]!;

    internal override Column Named(string name) => new TypedColumn<T>(name, Type, values, validity);

    internal override Column Take(ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<T> source = values.Span;
        T absent = Numbers.Absent<T>();
        var taken = new T[rows.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = rows[i] < 0 ? absent : source[rows[i]];
        return new TypedColumn<T>(Name, Type, taken, Validity.Take(validity, rows));
    }

    internal override Column Slice(int start, int count) =>
        new TypedColumn<T>(Name, Type, values.Slice(start, count), Validity.Slice(validity, start, count));
}

/// <summary>A column of known type and length whose values come into being when they are first asked for.</summary>
internal sealed class LazyColumn<T>(string name, ColumnType type, int count, Lazy<Column> values) : Column(name, type, count), IValues<T>
{
    public ReadOnlySpan<T> Values => ((IValues<T>)values.Value).Values;

    internal override Validity? Validity => values.Value.Validity;

    internal override object Boxed(int row) => values.Value.Boxed(row);

    internal override Column Named(string name) => new LazyColumn<T>(name, Type, Count, values);

    internal override Column Take(ReadOnlySpan<int> rows) => values.Value.Take(rows).Rename(Name);

    internal override Column Slice(int start, int count) => values.Value.Slice(start, count).Rename(Name);
}

/// <summary>
/// Texts as numbers of entries; the number at a null is undefined. All entries are different, so equal numbers are equal texts and
/// different ones different texts. Not every entry need be used.
/// </summary>
internal sealed record TextCodes(ReadOnlyMemory<int> Codes, string[] Entries, Validity? Validity);

/// <summary>A column whose values are numbers of entries; grouping and filtering need not look at the texts.</summary>
internal interface IDictionaryCodes
{
    TextCodes Codes { get; }
}

/// <summary>Few different texts. What it is made of, and the texts row by row, come into being when they are asked for.</summary>
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
