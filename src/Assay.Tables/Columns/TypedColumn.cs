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
