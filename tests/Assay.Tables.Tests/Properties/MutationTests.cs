using System.Diagnostics;

namespace Assay.Tables.Tests.Properties;

public class MutationTests
{
    /// <summary>Damaged files are read or refused; they never hang, crash, or ask for memory out of proportion.</summary>
    [Theory]
    [InlineData(TableFormat.Csv, 1000)]
    [InlineData(TableFormat.Json, 1000)]
    [InlineData(TableFormat.NdJson, 1000)]
    [InlineData(TableFormat.Parquet, 5000)]
    [InlineData(TableFormat.Ipc, 20000)]
    [InlineData(TableFormat.IpcStream, 20000)]
    public void A_damaged_file_is_read_or_refused_with_a_position(TableFormat format, int rounds)
    {
        byte[][] originals = [.. Enumerable.Range(0, 10).Select(seed => Bytes(RandomTables.Create(seed, rows: 30), format, seed)), .. OtherFiles.Of(format)];
        var random = new Random(2024);
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = Damage(originals[round % originals.Length], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                Table.Read(new MemoryStream(damaged), format);
            }
            catch (TableException fault)
            {
                Assert.False(string.IsNullOrWhiteSpace(fault.Message));
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"round {round} took {clock.Elapsed}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 64 << 20, $"round {round} allocated {allocated} bytes");
        }
    }

    /// <summary>Looking at a mapped file that is damaged must not end the process.</summary>
    [Fact]
    public void A_damaged_file_is_mapped_or_refused()
    {
        using var folder = new TempFolder();
        byte[][] originals = [.. Enumerable.Range(0, 10).Select(seed => Bytes(RandomTables.Create(seed, rows: 30), TableFormat.Ipc, seed)), .. OtherFiles.Of(TableFormat.Ipc)];
        var random = new Random(2025);
        for (int round = 0; round < 2000; round++)
        {
            string path = folder.File($"{round % 10}.arrow");
            File.WriteAllBytes(path, Damage(originals[round % originals.Length], random));
            try
            {
                using MappedTable mapped = Table.Map(path);
                foreach (Column column in mapped.Table.Columns) TableAssert.Line(column);
            }
            catch (TableException fault)
            {
                Assert.False(string.IsNullOrWhiteSpace(fault.Message));
            }
        }
    }

    private static byte[] Bytes(Table table, TableFormat format, int seed)
    {
        using var stream = new MemoryStream();
        ITableWriter writer = format switch
        {
            TableFormat.Parquet => TableFormats.Parquet(new() { Compression = (ParquetCompression)(seed % 3), RowGroupSize = 11 }),
            TableFormat.Ipc => TableFormats.Ipc(new() { BatchSize = seed % 2 == 0 ? 11 : 100 }),
            TableFormat.IpcStream => TableFormats.IpcStream(new() { BatchSize = seed % 2 == 0 ? 11 : 100 }),
            _ => format.Writer(),
        };
        writer.Write(table, stream);
        return stream.ToArray();
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        if (random.Next(8) == 0) return original[..random.Next(original.Length)];
        byte[] damaged = original.ToArray();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(damaged.Length);
            damaged[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(damaged[at] ^ 1 << random.Next(8)), _ => 0xFF };
        }

        return damaged;
    }
}
