namespace Assay.Tables;

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
