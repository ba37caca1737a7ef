using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Cli.Mcp;

/// <summary>A line of bytes, or the beginning of one that is longer than allowed.</summary>
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

/// <summary>Finds the id of a request that cannot be read as a whole, so that its sender gets an answer.</summary>
internal static class RequestIds
{
    /// <summary>The id as JSON; null where no id precedes the first fault.</summary>
    public static string? Recover(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                if (!reader.Read()) return null;
                if (isId) return Id(ref reader);
                if (!reader.TrySkip()) return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static string? Id(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.String when !reader.ValueIsEscaped && Utf8.IsValid(reader.ValueSpan) =>
            $"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"",
        _ => null,
    };
}
