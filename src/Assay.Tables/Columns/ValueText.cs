namespace Assay.Tables;

/// <summary>
/// The one text form of every value: invariant culture, the shortest digits that read back as the same double, ISO 8601 times with their
/// offset, durations as <c>[-][d.]hh:mm:ss[.fffffff]</c>.
/// </summary>
internal static class ValueText
{
    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The text of a boxed value of a column.</summary>
    public static string Of(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Of(number),
        DateTimeOffset { Offset.Ticks: 0 } time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        JsonElement json => JsonText.Compact(json),
        _ => value.ToString() ?? "",
    };

    /// <summary>The text of a value other than null.</summary>
    public static string Of(Column column, int row) =>
        column.Type is ColumnType.String or ColumnType.Json ? column.AsStrings()[row]! : Of(column[row]!);
}
