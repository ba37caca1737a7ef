using System.Globalization;

namespace Assay.Tables;

/// <summary>
/// The one text form of every value: invariant culture, the shortest digits that read back as the same double, ISO 8601
/// times with their offset, durations as <c>[-][d.]hh:mm:ss[.fffffff]</c>.
/// </summary>
internal static class ValueText
{
    public const string NaN = "NaN";
    public const string Infinity = "Infinity";
    public const string NegativeInfinity = "-Infinity";

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => Infinity,
        double.NegativeInfinity => NegativeInfinity,
        _ => double.IsNaN(value) ? NaN : value.ToString("R", CultureInfo.InvariantCulture),
    };

    public static string Of(DateTimeOffset value) => value.Offset == TimeSpan.Zero
        ? value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static string Of(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);

    /// <summary>The text of a value that is not null.</summary>
    public static string Of(Column column, int row) => column.Type switch
    {
        ColumnType.Boolean => Of(column.AsBooleans()[row]),
        ColumnType.Int64 => Of(column.AsInt64s()[row]),
        ColumnType.Double => Of(column.AsDoubles()[row]),
        ColumnType.Timestamp => Of(column.AsTimestamps()[row]),
        ColumnType.Duration => Of(column.AsDurations()[row]),
        _ => column.AsStrings()[row]!,
    };
}
