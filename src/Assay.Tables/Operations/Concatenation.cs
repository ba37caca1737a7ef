namespace Assay.Tables;

/// <summary>Puts tables below each other.</summary>
internal static class Concatenation
{
    public static Table Of(Table[] tables)
    {
        if (tables.Length == 1) return tables[0];
        int rowCount = checked(tables.Sum(table => table.RowCount));
        IEnumerable<string> names = tables.SelectMany(table => table.Columns.Select(column => column.Name)).Distinct();
        return new Table(names.Select(name => Join(name, tables, rowCount)).ToArray(), rowCount);
    }

    private static Column Join(string name, Table[] tables, int rowCount)
    {
        Column[] parts = tables.Where(table => table.Contains(name)).Select(table => table[name]).ToArray();
        ColumnType[] types = parts.Where(part => part.NullCount < part.Count).Select(part => part.Type).Distinct().ToArray();
        return types.Length switch
        {
            0 => ColumnFactory.Nulls(name, parts[0].Type, rowCount),
            1 => Append(name, types[0], tables, rowCount),
            _ => Widen(name, tables),
        };
    }

    private static Column Append(string name, ColumnType type, Table[] tables, int rowCount) => type switch
    {
        ColumnType.Boolean => Append<bool>(name, type, tables, rowCount, column => column.AsBooleans()),
        ColumnType.Int64 => Append<long>(name, type, tables, rowCount, column => column.AsInt64s()),
        ColumnType.Double => Append<double>(name, type, tables, rowCount, column => column.AsDoubles()),
        ColumnType.Timestamp => Append<DateTimeOffset>(name, type, tables, rowCount, column => column.AsTimestamps()),
        ColumnType.Duration => Append<TimeSpan>(name, type, tables, rowCount, column => column.AsDurations()),
        _ => Append<string?>(name, type, tables, rowCount, column => column.AsStrings()),
    };

    private static TypedColumn<T> Append<T>(
        string name, ColumnType type, Table[] tables, int rowCount, Func<Column, ReadOnlySpan<T>> values)
    {
        var joined = new T[rowCount];
        var valid = new ulong[Validity.WordCount(rowCount)];
        int row = 0;
        foreach (Table table in tables)
        {
            bool hasValues = table.TryGetColumn(name, out Column? part) && part.NullCount < part.Count;
            Span<T> target = joined.AsSpan(row, table.RowCount);
            if (hasValues) values(part!).CopyTo(target);
            else target.Fill(Numbers.Absent<T>());
            for (int i = 0; hasValues && i < target.Length; i++)
                if (part!.Validity is not { } validity || validity[i]) valid[row + i >> 6] |= 1UL << (row + i & 63);
            row += table.RowCount;
        }

        return new TypedColumn<T>(name, type, joined, Validity.From(valid, rowCount));
    }

    private static Column Widen(string name, Table[] tables)
    {
        var builder = new ColumnBuilder(name);
        foreach (Table table in tables)
        {
            if (!table.TryGetColumn(name, out Column? part)) builder.AddNulls(table.RowCount);
            else for (int i = 0; i < part.Count; i++) builder.AddObject(part[i]);
        }

        return builder.Build();
    }
}
