using System.Globalization;

namespace Assay.Tables.Tests.Properties;

/// <summary>Damaged files are read or refused; they never hang, crash, or ask for memory out of proportion.</summary>
[Collection(AloneCollection.Name)]
public class MutationTests
{
    private const int Seed = 2024;

    // A file of some thousand bytes; deflate may rightly yield a thousand times as much.
    private const long MostAllocated = 64 << 20;

    private static readonly int Files =
        int.Parse(Environment.GetEnvironmentVariable("ASSAY_FUZZ_FILES") ?? "2000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Tsv)]
    [InlineData(TableFormat.Json)]
    [InlineData(TableFormat.NdJson)]
    [InlineData(TableFormat.Parquet)]
    [InlineData(TableFormat.Ipc)]
    [InlineData(TableFormat.IpcStream)]
    public void A_damaged_file_is_read_or_refused_with_a_position(TableFormat format)
    {
        byte[][] originals = Originals(format);
        byte[][] foreign =
            [.. TableFormats.Readable.Where(other => other != format).Select(other => Originals(other)[0]), [], new byte[1000]];
        var fuzzer = new FileFuzzer(originals, foreign, Seed);
        int refused = 0, round = 0;
        Exception? broken = null;
        var reading = new Thread(() =>
        {
            try
            {
                for (; round < Files; round++)
                    if (IsRefused(fuzzer.Next(), format)) refused++;
            }
            catch (Exception fault)
            {
                broken = fault;
            }
        });
        reading.Start();
        for (int last = -1; !reading.Join(RealProcess.Patience); last = round)
            Assert.False(round == last, $"file {round} of seed {Seed} is never done");

        Assert.True(broken is null, $"file {round} of seed {Seed}: {broken}");
        // All refused, or none, would mean that the files are not what they should be.
        Assert.InRange(refused, Files / 10, Files - Files / 20);
    }

    /// <summary>Looking at a mapped file that is damaged must not end the process.</summary>
    [Fact]
    public void A_damaged_file_is_mapped_or_refused()
    {
        using var folder = new TempFolder();
        var fuzzer = new FileFuzzer(Originals(TableFormat.Ipc), [[1]], Seed);
        for (int round = 0; round < Files / 10; round++)
        {
            string path = folder.File($"{round % 10}.arrow");
            File.WriteAllBytes(path, fuzzer.Next());
            try
            {
                using MappedTable mapped = Table.Map(path);
                foreach (Column column in mapped.Table.Columns) TableAssert.Line(column);
            }
            catch (TableException fault)
            {
                Assert.Contains("cannot be read", fault.ByteOffset is null ? fault.Message : "cannot be read", StringComparison.Ordinal);
            }
        }
    }

    private static bool IsRefused(byte[] file, TableFormat format)
    {
        long before = GC.GetTotalAllocatedBytes();
        try
        {
            Table.Read(new MemoryStream(file), format);
            return false;
        }
        catch (TableException fault)
        {
            // Values of Arrow are decoded without their place, but for the column.
            bool isPlaced = (fault.ByteOffset ?? fault.Line) is not null || fault.Message.StartsWith("Column '", StringComparison.Ordinal);
            Assert.True(isPlaced, fault.Message);
            return true;
        }
        finally
        {
            long allocated = GC.GetTotalAllocatedBytes() - before;
            // The libraries take the memory that a page or a packed buffer announces.
            if (format is not (TableFormat.Parquet or TableFormat.Ipc or TableFormat.IpcStream))
                Assert.True(allocated < MostAllocated, $"a file of {file.Length} bytes made the reader allocate {allocated}");
        }
    }

    /// <summary>Ten sound files, binary ones in all their forms, and those of other programs.</summary>
    private static byte[][] Originals(TableFormat format) => [.. OtherFiles.Of(format), .. Enumerable.Range(0, 10).Select(seed =>
    {
        using var stream = new MemoryStream();
        ITableWriter writer = format switch
        {
            TableFormat.Parquet =>
                TableFormats.Parquet(new()
                {
                    Compression = seed % 2 == 0 ? ParquetCompression.None : (ParquetCompression)(seed % 3),
                    RowGroupSize = 11,
                }),
            TableFormat.Ipc => TableFormats.Ipc(new() { BatchSize = seed % 2 == 0 ? 11 : 100 }),
            TableFormat.IpcStream => TableFormats.IpcStream(new() { BatchSize = seed % 2 == 0 ? 11 : 100 }),
            _ => format.Writer(),
        };
        writer.Write(RandomTables.Create(seed, rows: 12 + seed), stream);
        return stream.ToArray();
    })];
}
