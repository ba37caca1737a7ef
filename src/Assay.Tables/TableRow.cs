namespace Assay;

/// <summary>A view of one row of a <see cref="Assay.Table"/>. Costs nothing to create; reading a value boxes it.</summary>
/// <param name="Table">The table the row belongs to.</param>
/// <param name="Index">Position in the table, counted from 0.</param>
public readonly record struct TableRow(Table Table, int Index)
{
    /// <summary>The value in a column, boxed as <see cref="Column.this[int]"/> says, or null.</summary>
    /// <exception cref="TableException">There is no such column.</exception>
    public object? this[string column] => Table[column][Index];

    /// <summary>
    /// The value in a column as a type of your own choice, e.g. <c>row.Get&lt;double&gt;("accuracy")</c>. Numbers convert when nothing is
    /// lost, text parses, enums are read by name; null is allowed for types that have it.
    /// </summary>
    /// <typeparam name="T">The type wanted, nullable or not.</typeparam>
    /// <exception cref="TableException">There is no such column, or its value does not convert; the message names both.</exception>
    public T Get<T>(string column)
    {
        Column source = Table[column];
        return (T)Conversion.To(typeof(T), source[Index], new ValuePlace(ValuePlace.Column, source.Name, Index))!;
    }
}
