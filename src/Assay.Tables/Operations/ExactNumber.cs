namespace Assay.Tables;

/// <summary>
/// A number by its value, whichever type holds it: whole ones within 64 bits as such, all others as doubles. Two are equal exactly when the
/// numbers are; NaN equals NaN.
/// </summary>
internal readonly record struct ExactNumber(long Whole, double Rest)
{
    // 2^63, the first double beyond a whole number of 64 bits.
    private const double Beyond = 9223372036854775808.0;

    public static ExactNumber Of(long value) => new(value, 0);

    public static ExactNumber Of(double value) => value is >= -Beyond and < Beyond && value == Math.Truncate(value)
        ? new((long)value, 0)
        : new(0, value);

    public static bool IsNumber(Column column) => column.Type is ColumnType.Int64 or ColumnType.Double;

    /// <summary>The numbers of a column; undefined at nulls.</summary>
    public static ExactNumber[] All(Column column) => column.Type == ColumnType.Int64
        ? Array.ConvertAll(column.AsInt64s().ToArray(), Of)
        : Array.ConvertAll(column.AsDoubles().ToArray(), Of);
}
