using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Assay.Excel;

/// <summary>The content of a sheet, written element by element.</summary>
internal static class SheetContent
{
    private const double NarrowestColumn = 10, WidestColumn = 40, TimeColumn = 24;

    public static void Write(Table table, Stream stream)
    {
        using OpenXmlWriter xml = OpenXmlWriter.Create(stream);
        xml.WriteStartDocument();
        xml.WriteStartElement(new Worksheet());
        if (table.Columns.Count > 0)
        {
            WriteView(xml);
            WriteWidths(xml, table);
        }

        xml.WriteStartElement(new SheetData());
        if (table.Columns.Count > 0) WriteRows(new CellWriter(xml), table);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The header stays in view.</summary>
    private static void WriteView(OpenXmlWriter xml) => xml.WriteElement(new SheetViews(new SheetView(
        new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
    { WorkbookViewId = 0 }));

    private static void WriteWidths(OpenXmlWriter xml, Table table)
    {
        xml.WriteStartElement(new Columns());
        for (int i = 0; i < table.Columns.Count; i++)
        {
            Assay.Column column = table.Columns[i];
            double width = column.Type == ColumnType.Timestamp
                ? TimeColumn
                : Math.Clamp(column.Name.Length + 2, NarrowestColumn, WidestColumn);
            uint place = (uint)(i + 1);
            xml.WriteElement(new DocumentFormat.OpenXml.Spreadsheet.Column { Min = place, Max = place, Width = width, CustomWidth = true });
        }

        xml.WriteEndElement();
    }

    private static void WriteRows(CellWriter cells, Table table)
    {
        cells.StartRow(1);
        for (int i = 0; i < table.Columns.Count; i++) cells.Text(i, table.Columns[i].Name, CellStyles.Header);
        cells.EndRow();
        for (int row = 0; row < table.RowCount; row++)
        {
            cells.StartRow(row + 2);
            for (int i = 0; i < table.Columns.Count; i++)
                if (!table.Columns[i].IsNull(row)) WriteValue(cells, i, table.Columns[i], row);
            cells.EndRow();
        }
    }

    private static void WriteValue(CellWriter cells, int place, Assay.Column column, int row)
    {
        switch (column.Type)
        {
            case ColumnType.Boolean: cells.Flag(place, column.AsBooleans()[row]); break;
            case ColumnType.Int64: cells.Whole(place, column.AsInt64s()[row]); break;
            case ColumnType.Double: cells.Number(place, column.AsDoubles()[row]); break;
            case ColumnType.Timestamp: cells.Time(place, column.AsTimestamps()[row]); break;
            case ColumnType.Duration: cells.Span(place, column.AsDurations()[row]); break;
            default: cells.Text(place, column.AsStrings()[row]!, CellStyles.Plain); break;
        }
    }
}

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
