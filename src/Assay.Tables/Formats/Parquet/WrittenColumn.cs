namespace Assay.Tables.Parquet;

/// <summary>A column with its place in the schema: what the bytes of its physical type mean.</summary>
internal sealed record WrittenColumn(string Name, ColumnEncoder Encoder, ColumnType Type, long UnitsPerSecond)
{
    /// <summary>Whether the values are whole numbers that only a note tells to be times: Parquet has no durations, and no timestamps of this unit.</summary>
    public bool NeedsNote => Type == ColumnType.Duration || UnitsPerSecond == TimeUnits.OfTicks;

    public static WrittenColumn Of(Column column)
    {
        long unitsPerSecond = 0;
        ColumnEncoder encoder = column.Type switch
        {
            ColumnType.Boolean => new BooleanEncoder(column),
            ColumnType.Int64 or ColumnType.Double => new FixedEncoder(column),
            ColumnType.Timestamp or ColumnType.Duration => Times(column, out unitsPerSecond),
            _ => new TextEncoder(column),
        };
        return new WrittenColumn(column.Name, encoder, column.Type, unitsPerSecond);
    }

    /// <summary>The column's element of the schema.</summary>
    public void WriteSchema(ThriftWriter thrift) => thrift.Struct(() =>
    {
        const int Optional = 1, Utf8 = 0, Json = 19, Micros = 10;
        thrift.Field(1, (int)Encoder.Type);
        thrift.Field(3, Optional);
        thrift.Field(4, Name);
        if (Type == ColumnType.String) thrift.Field(6, Utf8);
        if (Type == ColumnType.Json) thrift.Field(6, Json);
        if (Type == ColumnType.Timestamp && UnitsPerSecond == TimeUnits.Micros) thrift.Field(6, Micros);
        if (Type is ColumnType.String or ColumnType.Json || Type == ColumnType.Timestamp && !NeedsNote) thrift.Struct(10, () => WriteLogicalType(thrift));
    });

    private void WriteLogicalType(ThriftWriter thrift)
    {
        const int Text = 1, Timestamp = 8, Json = 12;
        if (Type != ColumnType.Timestamp)
        {
            thrift.Struct(Type == ColumnType.Json ? Json : Text, () => { });
            return;
        }

        thrift.Struct(Timestamp, () =>
        {
            thrift.Field(1, true);
            thrift.Struct(2, () => thrift.Struct(UnitsPerSecond == TimeUnits.Nanos ? 3 : 2, () => { }));
        });
    }

    private static FixedEncoder Times(Column column, out long unitsPerSecond)
    {
        long[] values = TimeUnits.Ticks(column);
        unitsPerSecond = TimeUnits.Scale(values);
        return new FixedEncoder(values, column.Validity);
    }
}
