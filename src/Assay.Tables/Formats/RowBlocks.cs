using System.Runtime.ExceptionServices;

namespace Assay.Tables;

/// <summary>
/// Encodes the rows of a table in blocks on all processors and writes the blocks in order. While one round of blocks is encoded the one
/// before it is written, so memory holds two rounds, however long the table and its texts.
/// </summary>
internal static class RowBlocks
{
    // A block that has become so large ends before the rows it was meant to have.
    private const int BlockRows = 4096, LargeBlock = 8 << 20;

    /// <summary>Writes the rows one after the other, each as it is encoded.</summary>
    public static void Write(Stream stream, int rowCount, Action<Utf8Output, int> encode)
    {
        int width = Math.Max(1, Environment.ProcessorCount);
        Block[] encoding = Round(width), finished = Round(width);
        int held = 0;
        for (long next = 0; next < rowCount || held > 0; next += (long)width * BlockRows)
        {
            long start = next;
            int count = (int)Math.Clamp((rowCount - start + BlockRows - 1) / BlockRows, 0, width);
            Block[] target = encoding, source = finished;
            int writing = held;
            Each(count + 1, i =>
            {
                if (i == 0) WriteAll(stream, source.AsSpan(0, writing), encode);
                else target[i - 1].Begin(start + (i - 1L) * BlockRows, rowCount, encode);
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

    private static void WriteAll(Stream stream, ReadOnlySpan<Block> blocks, Action<Utf8Output, int> encode)
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
        private int _next, _end;

        public Utf8Output Content { get; } = new();

        public void Begin(long from, int rowCount, Action<Utf8Output, int> encode)
        {
            _next = (int)from;
            _end = (int)Math.Min(rowCount, from + BlockRows);
            Continue(encode);
        }

        public bool Continue(Action<Utf8Output, int> encode)
        {
            if (_next == _end) return false;
            Content.Clear();
            while (_next < _end && Content.Length < LargeBlock) encode(Content, _next++);
            return true;
        }
    }
}

/// <summary>The cells of a column on their way to text.</summary>
internal static class Cells
{
    /// <summary>Writes the value of a row, and where it is null the bytes for that, which may be none.</summary>
    public static Action<Utf8Output, int> Of<T>(Column column, Action<Utf8Output, T> write, byte[]? absent = null)
    {
        var values = (IValues<T>)column;
        Validity? validity = column.Validity;
        return (output, row) =>
        {
            if (validity is null || validity[row]) write(output, values.Values[row]);
            else output.Write(absent);
        };
    }
}
