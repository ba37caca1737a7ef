using System.Globalization;
using System.Text.Json;

namespace Assay.Tables.Tests.Interop;

/// <summary>What is compared with other libraries, and how.</summary>
internal static class Others
{
    /// <summary>Whether the format knows times, which others then show as numbers of their unit.</summary>
    public static bool KeepsTimes(TableFormat format) => format is TableFormat.Parquet or TableFormat.Ipc or TableFormat.IpcStream;

    /// <summary>The table that <c>table.mjs</c> writes, with the given number of rows.</summary>
    public static void AssertWritten(Table table, bool keepsNaN, int rows = 1000)
    {
        Assert.Equal(["int", "small", "double", "label", "unique_text", "flag", "time"], table.Columns.Select(column => column.Name));
        Assert.Equal(rows, table.RowCount);
        for (int i = 0; i < rows; i++)
        {
            Assert.Equal(i % 7 == 0 ? null : i, table.Rows[i].Get<long?>("int"));
            Assert.Equal((long)(i % 5), table["small"][i]);
            Assert.Equal(i % 3 == 0 ? null : $"Zürich {i % 4}", table["label"][i]);
            Assert.Equal($"row {i}", table["unique_text"][i]);
            Assert.Equal(i % 2 == 0, table["flag"][i]);
            if (!keepsNaN && i % 10 is (1 or 2)) continue;
            Assert.Equal(
                (i % 10) switch { 0 => null, 1 => double.NaN, 2 => double.PositiveInfinity, _ => i / 8.0 },
                table.Rows[i].Get<double?>("double"));
            if (table["time"].Type == ColumnType.Timestamp)
                Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1704067200 + i), table["time"][i]);
        }
    }

    /// <summary>What <c>table.mjs</c> prints of a table that we wrote, for the first and every so many rows.</summary>
    public static void AssertSame(Table table, JsonElement read, bool timesAsNumbers, int every = 1)
    {
        Assert.Equal(table.RowCount, read.GetProperty("rows").GetInt32());
        Assert.Equal(
            table.Columns.Select(column => column.Name),
            read.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        foreach ((Column column, JsonElement other) in table.Columns.Zip(read.GetProperty("columns").EnumerateArray()))
        {
            string type = other.GetProperty("type").GetString()!;
            JsonElement values = other.GetProperty("values");
            Assert.Equal((column.Count + every - 1) / every, values.GetArrayLength());
            int row = 0;
            foreach (JsonElement value in values.EnumerateArray())
            {
                string? text = value.ValueKind == JsonValueKind.Null ? null : value.ToString();
                if (!Same(column[row], text, type, timesAsNumbers))
                    Assert.Fail($"{column.Name}[{row}] ({type}): expected {column[row] ?? "null"}, got {text ?? "null"}");
                row += every;
            }

            if (other.TryGetProperty("nulls", out JsonElement nulls)) Assert.Equal(column.NullCount, nulls.GetInt32());
            AssertTotal(column, other, "sum", column.Type is ColumnType.Int64 or ColumnType.Double ? column.Sum() : null);
            double? length = column.Type == ColumnType.String
                ? column.AsStrings().ToArray().Sum(text => (double)(text?.EnumerateRunes().Count() ?? 0))
                : null;
            AssertTotal(column, other, "length", length);
        }
    }

    // JSON has no NaN and no infinities, so such totals come as null, like those that the other type of a column does not have.
    private static void AssertTotal(Column column, JsonElement other, string name, double? expected)
    {
        if (expected is not { } total || !double.IsFinite(total)) return;
        if (!other.TryGetProperty(name, out JsonElement found) || found.ValueKind == JsonValueKind.Null) return;
        double actual = double.Parse(found.ToString(), CultureInfo.InvariantCulture);
        if (double.IsFinite(actual))
            Assert.True(Math.Abs(actual - total) <= 1e-9 * Math.Abs(total), $"{column.Name}: {name} is {actual}, not {total}");
    }

    private static bool Same(object? expected, string? text, string type, bool timesAsNumbers) => expected switch
    {
        null => text is null,
        double number => text is not null && Number(text).Equals(number),
        long number => text == number.ToString(CultureInfo.InvariantCulture),
        bool flag => string.Equals(text, flag ? "true" : "false", StringComparison.OrdinalIgnoreCase),
        DateTimeOffset time => !timesAsNumbers || Micros(text!, type) == (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10,
        JsonElement json => text == json.GetRawText(),
        _ => text == (string)expected,
    };

    private static double Number(string text) => text.Trim('"').ToUpperInvariant() switch
    {
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => double.Parse(text.Trim('"'), CultureInfo.InvariantCulture),
    };

    private static long Micros(string text, string type)
    {
        long value = long.Parse(text, CultureInfo.InvariantCulture);
        return type.Contains("ns", StringComparison.Ordinal) || type is "TIMESTAMP_NS" or "TIMESTAMP" ? value / 1000 : value;
    }

    /// <summary>A table of every type that all formats know.</summary>
    public static Table Sample(int rows)
    {
        double[] doubles = [0.1, double.NaN, double.PositiveInfinity, -1e-300, 1.0 / 3, 123456789.25];
        string[] texts = ["plain", "Zürich, 日本", "say \"hi\"", "two\nlines", "🧪"];
        return Table.FromColumns(
            Column.Of("flag", Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? (bool?)null : i % 2 == 0)),
            Column.Of("int", Enumerable.Range(0, rows).Select(i => i % 6 == 0 ? (long?)null : i * 1_000_000_007L)),
            Column.Of("double", Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? (double?)null : doubles[i % 6])),
            Column.Of("random", Enumerable.Range(0, rows).Select(i => Math.Sqrt(i + 0.5))),
            Column.Of("text", Enumerable.Range(0, rows).Select(i => i % 4 == 0 ? null : texts[i % 5])),
            Column.Of("unique", Enumerable.Range(0, rows).Select(i => $"row number {i}")),
            Column.Of(
                "time",
                Enumerable.Range(0, rows).Select(i => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(i * 12_345_670L))));
    }
}
