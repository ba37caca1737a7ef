using System.Runtime.ExceptionServices;

namespace Assay.Tables;

/// <summary>
/// Encodes the rows of a table in blocks on all processors and writes the blocks in order. While one round of blocks is encoded the one
/// before it is written, so memory holds two rounds, however long the table and its texts.
/// </summary>
internal static class RowBlocks
{
    /// <summary>A block that has become so large should end before the rows it was meant to have.</summary>
    public const int LargeBlock = 8 << 20;

    /// <summary>
    /// Encodes rows <paramref name="from"/> up to <paramref name="to"/>, or fewer when the block becomes large, and returns the first row
    /// left out.
    /// </summary>
    public delegate int Encoder(Utf8Output block, int from, int to);

    public static void Write(Stream stream, int rowCount, int blockRows, Encoder encode)
    {
        int width = Math.Max(1, Environment.ProcessorCount);
        Block[] encoding = Round(width), finished = Round(width);
        int held = 0;
        for (long next = 0; next < rowCount || held > 0; next += (long)width * blockRows)
        {
            long start = next;
            int count = (int)Math.Clamp((rowCount - start + blockRows - 1) / blockRows, 0, width);
            Block[] target = encoding, source = finished;
            int writing = held;
            Each(count + 1, i =>
            {
                if (i == 0) WriteAll(stream, source.AsSpan(0, writing), encode);
                else target[i - 1].Begin(start + (i - 1L) * blockRows, rowCount, blockRows, encode);
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

    private static void WriteAll(Stream stream, ReadOnlySpan<Block> blocks, Encoder encode)
    {
        foreach (Block block in blocks)
        {
            stream.Write(block.Content.Written);
            // Rows of very long texts are encoded a few at a time, here where their turn is.
            while (block.Continue(encode)) stream.Write(block.Content.Written);
        }
    }

    private static Block[] Round(int width) => [.. Enumerable.Range(0, width).Select(_ => new Block())];

    private sealed class Block
    {
        private int _next;
        private int _end;

        public Utf8Output Content { get; } = new();

        public void Begin(long from, int rowCount, int blockRows, Encoder encode)
        {
            _next = (int)from;
            _end = (int)Math.Min(rowCount, from + blockRows);
            Continue(encode);
        }

        public bool Continue(Encoder encode)
        {
            if (_next == _end) return false;
            Content.Clear();
            _next = encode(Content, _next, _end);
            return true;
        }
    }
}
