namespace Assay.Tables;

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
