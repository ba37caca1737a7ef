using System.Collections;

namespace Assay.Tables;

/// <summary>The rows of a table as a list.</summary>
internal sealed class TableRows(Table table) : IReadOnlyList<TableRow>
{
    public int Count => table.RowCount;

    public TableRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, table.RowCount);
            return new TableRow(table, index);
        }
    }

    public IEnumerator<TableRow> GetEnumerator()
    {
        for (int i = 0; i < table.RowCount; i++) yield return new TableRow(table, i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
