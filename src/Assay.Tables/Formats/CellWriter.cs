namespace Assay.Tables;

/// <summary>Writes the values of one column as text, and nothing where one is null.</summary>
internal abstract class CellWriter
{
    public abstract void Write(Utf8Output output, int row);
}

/// <inheritdoc/>
internal sealed class CellWriter<T>(Column column, Action<Utf8Output, T> write) : CellWriter
{
    private readonly IValues<T> _values = (IValues<T>)column;
    private readonly Validity? _validity = column.Validity;

    public override void Write(Utf8Output output, int row)
    {
        if (_validity is null || _validity[row]) write(output, _values.Values[row]);
    }
}
