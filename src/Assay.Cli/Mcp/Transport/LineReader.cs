using System.Buffers;
using System.IO.Pipelines;

namespace Assay.Cli.Mcp;

/// <summary>A line of bytes, or the beginning of one that is longer than allowed.</summary>
/// <param name="Bytes">The line without its end; of a longer one only its beginning.</param>
/// <param name="Length">The length of the whole line in bytes.</param>
internal readonly record struct ByteLine(ReadOnlyMemory<byte> Bytes, long Length)
{
    public bool IsWhole => Length == Bytes.Length;
}

/// <summary>Reads lines of bytes. Memory is bounded by the longest allowed line, whatever the input holds.</summary>
internal sealed class LineReader(Stream input, int longest)
{
    private const int HeadLength = 1 << 12;

    private readonly PipeReader _pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 14, leaveOpen: true));

    /// <summary>The next line; the last one may lack a line end. Null at the end of the input.</summary>
    public async ValueTask<ByteLine?> NextAsync(CancellationToken cancellation)
    {
        byte[]? head = null;
        long length = 0;
        while (true)
        {
            ReadResult read = await _pipe.ReadAsync(cancellation);
            ReadOnlySequence<byte> buffer = read.Buffer;
            SequencePosition? end = buffer.PositionOf((byte)'\n');
            ReadOnlySequence<byte> part = end is { } at ? buffer.Slice(0, at) : buffer;
            bool isLast = end is not null || read.IsCompleted;
            if (!isLast && head is null && part.Length <= longest)
            {
                _pipe.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            head ??= part.Slice(0, part.Length <= longest ? part.Length : HeadLength).ToArray();
            length += part.Length;
            _pipe.AdvanceTo(end is { } last ? buffer.GetPosition(1, last) : buffer.End);
            if (isLast) return length == 0 && end is null ? null : new ByteLine(head, length);
        }
    }
}
