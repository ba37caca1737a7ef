using System.Runtime.ExceptionServices;

namespace Assay.Tables;

/// <summary>
/// Encodes the rows of a table in blocks on all processors and writes the blocks in order. While one round of blocks is encoded the one
/// before it is written, so two rounds are all that is held, however long the table.
/// </summary>
internal static class RowBlocks
{
    public delegate void Encoder(ByteWriter block, int from, int to);

    public static void Write(Stream stream, int rowCount, int blockRows, Encoder encode)
    {
        int width = Math.Max(1, Environment.ProcessorCount);
        ByteWriter[] encoding = Round(width), finished = Round(width);
        int held = 0;
        for (long next = 0; next < rowCount || held > 0; next += (long)width * blockRows)
        {
            long start = next;
            int count = (int)Math.Clamp((rowCount - start + blockRows - 1) / blockRows, 0, width);
            ByteWriter[] target = encoding, source = finished;
            int writing = held;
            Each(count + 1, i =>
            {
                if (i == 0) WriteAll(stream, source.AsSpan(0, writing));
                else Encode(target[i - 1], start + (i - 1L) * blockRows, rowCount, blockRows, encode);
            });
            (encoding, finished, held) = (finished, encoding, count);
        }
    }

    /// <summary>Runs the steps on all processors; of several faults the first is thrown as it is.</summary>
    public static void Each(int count, Action<int> step)
    {
        try
        {
            Parallel.For(0, count, step);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    private static void Encode(ByteWriter block, long from, int rowCount, int blockRows, Encoder encode)
    {
        block.Clear();
        encode(block, (int)from, (int)Math.Min(rowCount, from + blockRows));
    }

    private static void WriteAll(Stream stream, ReadOnlySpan<ByteWriter> blocks)
    {
        foreach (ByteWriter block in blocks) stream.Write(block.Written);
    }

    private static ByteWriter[] Round(int width) => [.. Enumerable.Range(0, width).Select(_ => new ByteWriter())];
}
