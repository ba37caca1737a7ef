using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class ArrowFileTests
{
    [Fact]
    public void Narrow_columns_of_another_program_are_mapped()
    {
        using var folder = new TempFolder();
        string path = folder.File("narrow.arrow");
        ArrowFiles.Write(path,
            ("status", new UInt8Array.Builder().AppendRange([1, 2, 255]).Build()),
            ("attempt", new Int16Array.Builder().Append(-1).AppendNull().Append(300).Build()),
            ("seed", new UInt64Array.Builder().AppendRange([1, 2, ulong.MaxValue]).Build()),
            ("score", new FloatArray.Builder().AppendRange([0.5f, 1, 2]).Build()),
            ("name", ArrowFiles.Codes([1, 0, 1], ["b", "a"])),
            ("note", new StringArray.Builder().Append("x").AppendNull().Append("ü").Build()),
            ("flag", new BooleanArray.Builder().AppendRange([true, false, true]).Build()));

        using MappedTable mapped = Table.Map(path);
        Assert.Equal(
            "status: Int64, attempt: Int64, seed: String, score: Double, name: String, note: String, flag: Boolean",
            TableAssert.Schema(mapped.Table));
        Assert.Equal("1 2 255", TableAssert.Line(mapped.Table["status"]));
        Assert.Equal("-1 null 300", TableAssert.Line(mapped.Table["attempt"]));
        Assert.Equal("'1' '2' '18446744073709551615'", TableAssert.Line(mapped.Table["seed"]));
        Assert.Equal("0.5 1 2", TableAssert.Line(mapped.Table["score"]));
        Assert.Equal("'a' 'b' 'a'", TableAssert.Line(mapped.Table["name"]));
        Assert.Equal("'x' null 'ü'", TableAssert.Line(mapped.Table["note"]));
        Assert.Equal("True False True", TableAssert.Line(mapped.Table["flag"]));
    }

    [Fact]
    public void A_mapped_column_lies_in_the_file_until_the_table_is_disposed()
    {
        using var folder = new TempFolder();
        string path = folder.File("numbers.arrow");
        Table.FromColumns(Column.Of("x", Enumerable.Range(0, 100_000).Select(i => i % 10 == 0 ? (double?)null : i))).Save(path);
        MappedTable mapped = Table.Map(path);
        Column column = mapped.Table["x"];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(99_999, column.AsDoubles()[99_999]);
        Assert.Equal(10_000, column.NullCount);
        // The bitmap is copied, 12.5 KB; the values would be 800 KB.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000);

        mapped.Dispose();
        mapped.Dispose();
        Assert.Throws<ObjectDisposedException>(() => column.AsDoubles().Length);
    }

    [Fact]
    public void A_span_stays_valid_when_nobody_holds_the_table_any_more()
    {
        using var folder = new TempFolder();
        string path = folder.File("numbers.arrow");
        Table.FromColumns(Column.Of("x", Enumerable.Range(0, 100_000).Select(i => (long)i))).Save(path);
        ReadOnlySpan<long> values = Values(path);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        long sum = 0;
        foreach (long value in values) sum += value;
        Assert.Equal(99_999L * 50_000, sum);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ReadOnlySpan<long> Values(string path) => Table.Map(path).Table["x"].AsInt64s();
    }

    [Fact]
    public void A_mapped_file_can_be_replaced_while_it_is_used()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        string path = folder.File("numbers.arrow");
        Table.FromColumns(Column.Of("x", [1L, 2])).Save(path);
        using MappedTable old = Table.Map(path);
        Table.FromColumns(Column.Of("x", [3L])).Save(path);
        using MappedTable next = Table.Map(path);

        Assert.Equal("1 2", TableAssert.Line(old.Table["x"]));
        Assert.Equal("3", TableAssert.Line(next.Table["x"]));
    }

    [Fact]
    public void What_is_no_arrow_file_is_refused_and_not_kept_open()
    {
        using var folder = new TempFolder();
        string path = folder.File("wrong.arrow");
        File.WriteAllText(path, "");
        Assert.Contains("The file is empty", Assert.Throws<TableException>(() => Table.Map(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "a,b\n1,2\n");
        var fault = Assert.Throws<TableException>(() => Table.Map(path));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("begin and end with ARROW1", fault.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Table.Map(folder.File("missing.arrow")));
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void Values_under_nulls_that_another_program_left_are_not_shown()
    {
        using var folder = new TempFolder();
        string path = folder.File("foreign.arrow");
        // The first value is not null.
        ArrowBuffer valid = new(new byte[] { 1 });
        ArrowFiles.Write(path,
            ("d", new DoubleArray(ArrowFiles.Buffer(1.5, 99), valid, 2, 1, 0)),
            ("i", new Int64Array(ArrowFiles.Buffer(1L, 99), valid, 2, 1, 0)),
            ("s", ArrowFiles.Codes(new Int32Array(ArrowFiles.Buffer(0, 99), valid, 2, 1, 0), ["a"])));
        using MappedTable mapped = Table.Map(path);

        Assert.Equal([1.5, double.NaN], mapped.Table["d"].AsDoubles().ToArray());
        Assert.Equal([1, 0], mapped.Table["i"].AsInt64s().ToArray());
        Assert.Equal("'a' null", TableAssert.Line(mapped.Table["s"]));
        Assert.Equal(2, mapped.Table.GroupBy("s").Count);
        TableAssert.Equal(mapped.Table, Table.Load(path));
    }

    [Fact]
    public void Faults_among_values_show_at_the_first_access()
    {
        using var folder = new TempFolder();
        string path = folder.File("codes.arrow");
        ArrowFiles.Write(path, ("s", ArrowFiles.Codes([0, 2], ["a", "b"])), ("i", new Int64Array.Builder().AppendRange([1, 2]).Build()));
        using MappedTable mapped = Table.Map(path);

        Assert.Equal(3, mapped.Table["i"].Sum());
        var fault = Assert.Throws<TableException>(() => mapped.Table["s"][0]);
        Assert.Contains("Column 's' cannot be read (row 1 is number 2 of a dictionary of 2)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grouping_filtering_and_slicing_work_on_the_numbers_of_texts()
    {
        using var folder = new TempFolder();
        string path = folder.File("labels.arrow");
        Table written = Table.FromColumns(
            Column.Of("label", Enumerable.Range(0, 10_000).Select(i => i % 7 == 0 ? null : $"label {i % 5}")),
            Column.Of("x", Enumerable.Range(0, 10_000)));
        written.Save(path, TableFormats.Ipc(new() { BatchSize = int.MaxValue }));
        using MappedTable mapped = Table.Map(path);
        Table table = mapped.Table;

        Assert.IsAssignableFrom<IDictionaryCodes>(table["label"]);
        TableAssert.Equal(
            written.GroupBy("label").Aggregate(Aggregate.Count(), Aggregate.Sum("x")),
            table.GroupBy("label").Aggregate(Aggregate.Count(), Aggregate.Sum("x")));
        TableAssert.Equal(written.Where("label", "label 3"), table.Where("label", "label 3"));
        Assert.Equal(0, table.Where("label", "label 9").RowCount);
        TableAssert.Equal(written.Where("label", null), table.Where("label", null));
        Table part = written.Slice(33, 50).Sort("label", "x");
        Table samePart = table.Slice(33, 50).Sort("label", "x");
        TableAssert.Equal(part, samePart);
        Assert.IsAssignableFrom<IDictionaryCodes>(samePart["label"]);
        TableAssert.Equal(written.Distinct("label"), table.Distinct("label"));
    }
}
