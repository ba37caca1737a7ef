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
    public void A_damaged_file_is_read_or_refused_with_a_position(TableFormat format, int rounds)
    {
        var random = new Random(2024);
        byte[][] originals = Enumerable.Range(0, 10).Select(seed => Bytes(RandomTables.Create(seed, rows: 30), format, seed)).ToArray();
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

    private static byte[] Bytes(Table table, TableFormat format, int seed)
    {
        using var stream = new MemoryStream();
        ITableWriter writer = format == TableFormat.Parquet ? TableFormats.Parquet(new() { Compression = (ParquetCompression)(seed % 3), RowGroupSize = 11 }) : format.Writer();
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
