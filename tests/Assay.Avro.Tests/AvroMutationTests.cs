namespace Assay.Avro.Tests;

/// <summary>Damaged files are read or refused; they never crash, or ask for memory out of proportion.</summary>
public class AvroMutationTests
{
    private const int Files = 3000;

    [Fact]
    public void A_damaged_file_is_read_or_refused_with_a_position()
    {
        byte[][] originals = [.. Enumerable.Range(0, 10).Select(seed =>
        {
            using var stream = new MemoryStream();
            var options = new AvroOptions { Compression = seed % 3 == 0 ? AvroCompression.Deflate : AvroCompression.None, BlockSize = 11 };
            new AvroWriter(options).Write(RandomTables.Create(seed, rows: 12 + seed), stream);
            return stream.ToArray();
        })];
        var fuzzer = new FileFuzzer(originals, [[], new byte[1000]], seed: 2024);
        int refused = Enumerable.Range(0, Files).Count(_ => IsRefused(fuzzer.Next()));

        // All refused, or none, would mean that the files are not what they should be.
        Assert.InRange(refused, Files / 10, Files - (Files / 20));
    }

    private static bool IsRefused(byte[] file)
    {
        const long MostAllocated = 64 << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            AvroBytes.Read(file);
            return false;
        }
        catch (TableException fault)
        {
            Assert.NotNull(fault.ByteOffset);
            return true;
        }
        finally
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"a file of {file.Length} bytes made the reader allocate {allocated}");
        }
    }
}
