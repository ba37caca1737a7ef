namespace Assay.Tables.Arrow;

/// <summary>A column of a table on its way to a file: its field, perhaps a dictionary, and its values for a range of rows.</summary>
internal sealed record OutgoingColumn(ArrowField Field, Func<int, int, OutgoingArray> Batch)
{
    // Not the extension type arrow.json, which we read: a reader that does not know it should ignore it, but some builds of Polars crash.
    private static readonly Dictionary<string, string> Json = new() { [ArrowField.TypeKey] = ArrowField.JsonType };

    public OutgoingArray? Dictionary { get; private init; }

    /// <param name="column">The column.</param>
    /// <param name="index">Its place in the table, which numbers its dictionary.</param>
    /// <param name="batchSize">The most rows of a batch.</param>
    public static OutgoingColumn Of(Column column, int index, int batchSize) => column.Type switch
    {
        ColumnType.Boolean => new(new(column.Name, ArrowType.Bool), (from, count) => OutgoingArray.Booleans(column.AsBooleans().Slice(from, count), Valid(column, from, count))),
        ColumnType.Int64 => Fixed(column, ArrowType.Int64, (IValues<long>)column),
        ColumnType.Double => Fixed(column, ArrowType.Float64, (IValues<double>)column),
        ColumnType.Timestamp or ColumnType.Duration => Times(column),
        _ => Texts(column, index, batchSize),
    };

    private static OutgoingColumn Fixed<T>(Column column, ArrowType type, IValues<T> values) where T : unmanaged =>
        new(new(column.Name, type), (from, count) => OutgoingArray.Fixed(values, from, count, Valid(column, from, count)));

    private static OutgoingColumn Times(Column column)
    {
        long[] values = TimeUnits.Ticks(column);
        long unitsPerSecond = TimeUnits.Scale(values);
        if (unitsPerSecond == TimeUnits.OfTicks) return Ticks(column, values);
        ArrowType type = column.Type == ColumnType.Timestamp ? ArrowType.Timestamp(unitsPerSecond, "UTC") : ArrowType.Duration(unitsPerSecond);
        return Fixed(column, type, new MemoryValues<long>(values));
    }

    private static OutgoingColumn Ticks(Column column, long[] values)
    {
        OutgoingColumn plain = Fixed(column, ArrowType.Int64, new MemoryValues<long>(values));
        return plain with { Field = plain.Field with { Metadata = new Dictionary<string, string> { [ArrowField.TypeKey] = TimeUnits.NoteOf(column.Type, TimeUnits.OfTicks) } } };
    }

    private static OutgoingColumn Texts(Column column, int index, int batchSize)
    {
        if (TextNumbering.Of(column) is { } codes) return Codes(column, codes, index);
        bool isLarge = OutgoingArray.NeedsLarge(column.AsStrings(), batchSize);
        var values = (IValues<string?>)column;
        return new(FieldOf(column, isLarge), (from, count) => OutgoingArray.Texts(values, from, count, Valid(column, from, count), isLarge));
    }

    private static OutgoingColumn Codes(Column column, TextCodes codes, int index)
    {
        bool isLarge = OutgoingArray.NeedsLarge(codes.Entries, codes.Entries.Length);
        ArrowField field = FieldOf(column, isLarge) with { Dictionary = new ArrowEncoding(index, ArrowType.Int32) };
        var numbers = new MemoryValues<int>(codes.Codes);
        return new(field, (from, count) => OutgoingArray.Fixed(numbers, from, count, Valid(column, from, count)))
        {
            Dictionary = OutgoingArray.Texts(new MemoryValues<string?>(codes.Entries), 0, codes.Entries.Length, validity: null, isLarge),
        };
    }

    private static ArrowField FieldOf(Column column, bool isLarge)
    {
        var field = new ArrowField(column.Name, isLarge ? ArrowType.LargeUtf8 : ArrowType.Utf8);
        return column.Type == ColumnType.Json ? field with { Metadata = Json } : field;
    }

    private static Validity? Valid(Column column, int from, int count) => Validity.Slice(column.Validity, from, count);
}
