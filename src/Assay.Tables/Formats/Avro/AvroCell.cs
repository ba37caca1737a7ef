namespace Assay.Tables.Avro;

/// <summary>Writes the values of one column, each as a union of null and the column's type.</summary>
internal sealed class AvroCell(Validity? validity, Action<ByteWriter, int> write)
{
    // Which branch of the union follows, as a zigzag number.
    private const byte Null = 0, Value = 2;

    /// <param name="column">The column.</param>
    /// <param name="unitsPerSecond">What times are counted in; 0 for other values.</param>
    public static AvroCell Of(Column column, out long unitsPerSecond)
    {
        unitsPerSecond = 0;
        Action<ByteWriter, int> write = column.Type switch
        {
            ColumnType.Boolean => Booleans((IValues<bool>)column),
            ColumnType.Int64 => Wholes(column.AsInt64s().ToArray()),
            ColumnType.Double => Numbers((IValues<double>)column),
            ColumnType.Timestamp or ColumnType.Duration => Times(column, out unitsPerSecond),
            _ => Texts((IValues<string?>)column),
        };
        return new AvroCell(column.Validity, write);
    }

    public void Write(ByteWriter block, int row)
    {
        bool isValid = validity is null || validity[row];
        block.Byte(isValid ? Value : Null);
        if (isValid) write(block, row);
    }

    private static Action<ByteWriter, int> Booleans(IValues<bool> column) => (block, row) => block.Byte(column.Values[row] ? (byte)1 : (byte)0);

    private static Action<ByteWriter, int> Wholes(long[] values) => (block, row) => block.Zigzag(values[row]);

    private static Action<ByteWriter, int> Numbers(IValues<double> column) => (block, row) => block.Int64(BitConverter.DoubleToInt64Bits(column.Values[row]));

    private static Action<ByteWriter, int> Texts(IValues<string?> column) => (block, row) =>
    {
        string text = column.Values[row]!;
        block.Zigzag(System.Text.Encoding.UTF8.GetByteCount(text));
        block.Utf8(text);
    };

    private static Action<ByteWriter, int> Times(Column column, out long unitsPerSecond)
    {
        long[] values = TimeUnits.Ticks(column);
        unitsPerSecond = TimeUnits.Scale(values);
        return Wholes(values);
    }
}
