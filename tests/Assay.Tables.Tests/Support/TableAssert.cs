using System.Globalization;
using System.Text.Json;

namespace Assay.Tables.Tests;

internal static class TableAssert
{
    /// <summary>
    /// Same columns, types and values. NaN equals NaN, −0 differs from 0; timestamps compare by instant, and by offset too unless told
    /// otherwise.
    /// </summary>
    public static void Equal(Table expected, Table actual, bool offsets = true)
    {
        Assert.Equal(Schema(expected), Schema(actual));
        Assert.Equal(expected.RowCount, actual.RowCount);
        foreach (Column column in expected.Columns)
            for (int row = 0; row < expected.RowCount; row++)
            {
                string want = Show(column[row], offsets), got = Show(actual[column.Name][row], offsets);
                if (want != got) Assert.Fail($"{column.Name}[{row}]: expected {want}, got {got}");
            }
    }

    /// <summary>The values of a column as one line, for short expectations.</summary>
    public static string Line(Column column) =>
        string.Join(" ", Enumerable.Range(0, column.Count).Select(row => Show(column[row], offsets: true)));

    public static string Schema(Table table) => string.Join(", ", table.Columns.Select(column => $"{column.Name}: {column.Type}"));

    private static string Show(object? value, bool offsets) => value switch
    {
        null => "null",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => (offsets ? time : time.ToUniversalTime()).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
