using System.Text;

namespace Assay.Tables;

/// <summary>What the formats for people share: cells as text in, one text out.</summary>
internal abstract class HumanWriter(TextTableOptions options) : ITableWriter
{
    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Compose(table)));
    }

    public string Compose(Table table)
    {
        var text = new StringBuilder();
        Compose(new HumanCells(table, options), text);
        return text.ToString();
    }

    protected abstract void Compose(HumanCells cells, StringBuilder text);

    protected static string More(HumanCells cells) => cells.HiddenRows == 1 ? "1 more row" : $"{cells.HiddenRows} more rows";

    protected static IEnumerable<int> Columns(HumanCells cells) => Enumerable.Range(0, cells.ColumnCount);
}
