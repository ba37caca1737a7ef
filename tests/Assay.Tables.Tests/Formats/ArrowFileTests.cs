using System.Runtime.CompilerServices;
using Assay.Tables.Arrow;

namespace Assay.Tables.Tests.Formats;

public class ArrowFileTests
{
    [Fact]
    public void Narrow_columns_are_mapped_as_they_were_written()
    {
        using var folder = new TempFolder();
        string path = folder.File("index.arrow");
        byte[] ids = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];
        Validity? second = Validity.From(3, i => i != 1);
        using (FileStream stream = File.Create(path))
            ArrowFile.Write(stream,
                [
                    RawColumn.Of<byte>("status", new byte[] { 1, 2, 255 }),
                    RawColumn.Of<short>("attempt", new short[] { -1, 0, 300 }, second),
                    RawColumn.Of<int>("file", new[] { 7, 8, 9 }),
                    RawColumn.Of<ulong>("seed", new ulong[] { 1, 2, ulong.MaxValue }),
                    RawColumn.Of<float>("score", new[] { 0.5f, 1, 2 }),
                    RawColumn.OfBytes("id", ids, 16),
                    RawColumn.OfCodes<ushort>("name", new ushort[] { 1, 0, 1 }, new[] { "b", "a" }, second),
                    RawColumn.OfTexts("note", new[] { "x", null, "ü" }, second),
                    RawColumn.OfBooleans("flag", [true, false, true]),
                ],
                new Dictionary<string, string> { ["read"] = "{\"a.jsonl\":120}" });

        using ArrowFile file = ArrowFile.Open(path);

        Assert.Equal("{\"a.jsonl\":120}", file.Metadata["read"]);
        Assert.Equal(3, file.RowCount);
        Assert.Equal([1, 2, 255], file["status"].Values<byte>().ToArray());
        Assert.Equal([-1, 0, 300], file["attempt"].Values<short>().ToArray());
        Assert.False(file["attempt"].Validity![1]);
        Assert.Null(file["file"].Validity);
        Assert.Equal([7, 8, 9], file["file"].Memory<int>().ToArray());
        Assert.Equal([0.5f, 1, 2], file["score"].Values<float>().ToArray());
        Assert.Equal(ids, file["id"].Buffers[1].Span[..48].ToArray());
        Assert.Equal([1, 0, 1], file["name"].Values<ushort>().ToArray());
        Assert.Equal("'b' 'a'", TableAssert.Line(file["name"].Dictionary!.Values));
        Assert.Null(file.TryGet("missing"));
        Assert.Contains("'file' holds Int values of 32 bits, not of 64", Assert.Throws<TableException>(() => file["file"].Values<long>()).Message, StringComparison.Ordinal);

        using MappedTable mapped = Table.Map(path);
        Assert.Equal("status: Int64, attempt: Int64, file: Int64, seed: String, score: Double, id: String, name: String, note: String, flag: Boolean", TableAssert.Schema(mapped.Table));
        Assert.Equal("-1 null 300", TableAssert.Line(mapped.Table["attempt"]));
        Assert.Equal("'a' null 'a'", TableAssert.Line(mapped.Table["name"]));
        Assert.Equal("'1' '2' '18446744073709551615'", TableAssert.Line(mapped.Table["seed"]));
        Assert.Equal("'x' null 'ü'", TableAssert.Line(mapped.Table["note"]));
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
        Assert.Contains("the file is empty", Assert.Throws<TableException>(() => Table.Map(path)).Message, StringComparison.Ordinal);
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
        Validity? first = Validity.From(2, i => i == 0);
        using (FileStream stream = File.Create(path))
            ArrowFile.Write(stream, [RawColumn.Of<double>("d", new[] { 1.5, 99 }, first), RawColumn.Of<long>("i", new[] { 1L, 99 }, first), RawColumn.OfCodes<int>("s", new[] { 0, 99 }, new[] { "a" }, first)]);
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
        using (FileStream stream = File.Create(path))
            ArrowFile.Write(stream, [RawColumn.OfCodes<int>("s", new[] { 0, 2 }, new[] { "a", "b" }), RawColumn.Of<long>("i", new[] { 1L, 2 })]);
        using MappedTable mapped = Table.Map(path);

        Assert.Equal(3, mapped.Table["i"].Sum());
        var fault = Assert.Throws<TableException>(() => mapped.Table["s"][0]);
        Assert.Contains("column 's': row 1 is number 2 of a dictionary of 2", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.ByteOffset);
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
        TableAssert.Equal(written.GroupBy("label").Aggregate(Aggregate.Count(), Aggregate.Sum("x")), table.GroupBy("label").Aggregate(Aggregate.Count(), Aggregate.Sum("x")));
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
