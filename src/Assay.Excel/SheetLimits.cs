namespace Assay.Excel;

/// <summary>What a sheet can hold. Checked before anything is written, because Excel would silently leave out the rest.</summary>
internal static class SheetLimits
{
    private const int Rows = 1_048_576, Columns = 16_384, TextLength = 32_767;

    private const string Remedy = "save it as csv or parquet, or only a part of it";

    public static void Check(Table table)
    {
        if (table.RowCount >= Rows)
            throw new TableException($"The table has {table.RowCount} rows, but a sheet holds {Rows} with the header; {Remedy}.");
        if (table.Columns.Count > Columns)
            throw new TableException($"The table has {table.Columns.Count} columns, but a sheet holds {Columns}; {Remedy}.");
        foreach (Column column in table.Columns)
        {
            if (column.Type is not (ColumnType.String or ColumnType.Json)) continue;
            ReadOnlySpan<string?> texts = column.AsStrings();
            for (int row = 0; row < texts.Length; row++)
                if (texts[row]?.Length > TextLength)
                    throw new TableException($"Column '{column.Name}', row {row}: the text has {texts[row]!.Length} characters, but a "
                        + $"cell holds {TextLength}; shorten it, leave the column out, or save the table as csv or parquet.");
        }
    }
}
