namespace Assay.Tables;

/// <summary>What the formats for people share: cells as text in, one text out.</summary>
internal abstract class HumanWriter(TextTableOptions options) : ITableWriter
{
    public void Write(Table table, Stream stream) => stream.Write(Encoding.UTF8.GetBytes(Compose(table)));

    public string Compose(Table table)
    {
        var text = new StringBuilder();
        Compose(new HumanCells(table, options), text);
        return text.ToString();
    }

    protected abstract void Compose(HumanCells cells, StringBuilder text);
}
