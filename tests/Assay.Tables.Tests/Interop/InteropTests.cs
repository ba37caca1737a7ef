using System.Globalization;
using System.Text.Json;

namespace Assay.Tables.Tests.Interop;

/// <summary>What we write, others read, and the other way round.</summary>
[Trait("Category", "Interop")]
public class InteropTests
{
    public static TheoryData<string, TableFormat> Readers => new()
    {
        { "polars", TableFormat.Csv },
        { "polars", TableFormat.Json },
        { "polars", TableFormat.Parquet },
        { "polars", TableFormat.Avro },
        { "duckdb", TableFormat.Csv },
        { "duckdb", TableFormat.Json },
        { "duckdb", TableFormat.NdJson },
        { "duckdb", TableFormat.Parquet },
    };

    [InteropTheory]
    [MemberData(nameof(Readers))]
    public void Others_read_numbers_text_and_flags_as_written(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        Table table = Sample(2000);
        string path = folder.File("table" + format.Extension());
        table.Save(path);

        AssertSame(table, OtherReader.Read(engine, format, path), timesAsNumbers: format is TableFormat.Parquet or TableFormat.Avro);
    }

    [InteropTheory]
    [InlineData("polars")]
    [InlineData("duckdb")]
    public void Others_read_parquet_in_every_compression_with_many_row_groups_and_nothing_at_all(string engine)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.parquet");
        foreach (ParquetCompression compression in Enum.GetValues<ParquetCompression>())
        {
            Table table = Sample(5000);
            table.Save(path, TableFormats.Parquet(new() { Compression = compression, RowGroupSize = 777 }));
            AssertSame(table, OtherReader.Read(engine, TableFormat.Parquet, path), timesAsNumbers: true);
        }

        Sample(0).Save(path);
        Assert.Equal(0, OtherReader.Read(engine, TableFormat.Parquet, path).GetProperty("rows").GetInt32());
    }

    [InteropTheory]
    [MemberData(nameof(Readers))]
    public void We_read_what_others_write(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("table" + format.Extension());
        OtherReader.Write(engine, format, path);
        // Polars writes JSON without NaN and infinities, as nulls.
        AssertWritten(Table.Load(path), keepsNaN: engine != "polars" || format != TableFormat.Json);
    }

    [InteropTheory]
    [InlineData("PARQUET_VERSION=V2")]
    [InlineData("COMPRESSION=uncompressed")]
    [InlineData("COMPRESSION=gzip")]
    [InlineData("COMPRESSION=brotli")]
    [InlineData("ROW_GROUP_SIZE=100")]
    public void We_read_parquet_in_other_than_default_encodings(string option)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.parquet");
        OtherReader.Write("duckdb:" + option, TableFormat.Parquet, path);
        AssertWritten(Table.Load(path), keepsNaN: true);
    }

    [InteropTheory]
    [InlineData("zstd")]
    [InlineData("lz4_raw")]
    public void A_compression_we_do_not_know_is_named(string compression)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.parquet");
        OtherReader.Write("duckdb:COMPRESSION=" + compression, TableFormat.Parquet, path);
        var fault = Assert.Throws<TableException>(() => Table.Load(path));

        Assert.Contains(compression.Split('_')[0], fault.Message, StringComparison.Ordinal);
        Assert.Contains("snappy, gzip", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertWritten(Table table, bool keepsNaN)
    {
        Assert.Equal(["int", "small", "double", "label", "unique_text", "flag", "time"], table.Columns.Select(column => column.Name));
        Assert.Equal(1000, table.RowCount);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(i % 7 == 0 ? null : i, table.Rows[i].Get<long?>("int"));
            Assert.Equal((long)(i % 5), table["small"][i]);
            Assert.Equal(i % 3 == 0 ? null : $"Zürich {i % 4}", table["label"][i]);
            Assert.Equal($"row {i}", table["unique_text"][i]);
            Assert.Equal(i % 2 == 0, table["flag"][i]);
            if (!keepsNaN && i % 10 is (1 or 2)) continue;
            Assert.Equal((i % 10) switch { 0 => null, 1 => double.NaN, 2 => double.PositiveInfinity, _ => i / 8.0 }, table.Rows[i].Get<double?>("double"));
            if (table["time"].Type == ColumnType.Timestamp) Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1704067200 + i), table["time"][i]);
        }
    }

    private static void AssertSame(Table table, JsonElement read, bool timesAsNumbers)
    {
        Assert.Equal(table.RowCount, read.GetProperty("rows").GetInt32());
        foreach ((Column column, JsonElement other) in table.Columns.Zip(read.GetProperty("columns").EnumerateArray()))
        {
            Assert.Equal(column.Name, other.GetProperty("name").GetString());
            string type = other.GetProperty("type").GetString()!;
            for (int i = 0; i < column.Count; i++)
            {
                string? text = other.GetProperty("values")[i].ValueKind == JsonValueKind.Null ? null : other.GetProperty("values")[i].ToString();
                object? expected = column[i];
                if (!Same(expected, text, type, timesAsNumbers)) Assert.Fail($"{column.Name}[{i}] ({type}): expected {expected ?? "null"}, got {text ?? "null"}");
            }
        }
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

    private static Table Sample(int rows)
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
            Column.Of("time", Enumerable.Range(0, rows).Select(i => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(i * 12_345_670L))));
    }
}
