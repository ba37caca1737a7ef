using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>
/// Messages over a pair of streams, one a line. The package's own transport holds lines of any length and takes in any number of requests; this one refuses what is too long,
/// answers whatever it cannot read, and waits with reading while too much is unanswered.
/// </summary>
internal sealed class LineTransport(Stream input, Stream output, ServerLog log) : ITransport
{
    /// <summary>Longer messages are refused. No request of an honest client comes near.</summary>
    public const int LongestMessage = 1 << 20;

    private const int MostOpen = 64;

    // JSON within JSON would be three times as long with every quotation mark escaped as a number.
    private static readonly JsonTypeInfo<JsonRpcMessage> Messages =
        (JsonTypeInfo<JsonRpcMessage>)new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { Encoder = JsonText.Encoder }.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateBounded<JsonRpcMessage>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private readonly OpenRequests _open = new(MostOpen);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ended = new();

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    /// <summary>Begins to read.</summary>
    public void Start() => Task.Run(ReadAsync);

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message, Messages), cancellationToken);
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError) NeedsNoAnswer(((JsonRpcMessageWithId)message).Id);
        }
    }

    /// <summary>The request was cancelled, so that no answer will come.</summary>
    public void NeedsNoAnswer(RequestId id) => _open.Close(id);

    public async ValueTask DisposeAsync()
    {
        // A read of standard input cannot be interrupted: whoever waits in it ends with the process, and may ask for any of the rest until then.
        await _ended.CancelAsync();
    }

    private async Task ReadAsync()
    {
        var lines = new LineReader(input, LongestMessage);
        try
        {
            while (await lines.NextAsync(_ended.Token) is { } line)
            {
                if (line.Length > 0 && line.Bytes.Span is not [(byte)'\r']) await TakeAsync(line);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or ChannelClosedException && _ended.IsCancellationRequested)
        {
            // The server ends.
        }
        catch (IOException fault)
        {
            log.Line($"the client is gone: {fault.Message}");
        }

        _incoming.Writer.TryComplete();
    }

    private async Task TakeAsync(ByteLine line)
    {
        (JsonRpcMessage? message, string? refusal) = Read(line);
        if (refusal is not null)
        {
            await WriteAsync(System.Text.Encoding.UTF8.GetBytes(refusal), _ended.Token);
            return;
        }

        if (message is JsonRpcRequest request) await _open.OpenAsync(request.Id, _ended.Token);
        // Nothing is ever asked of the client, so there is nothing it could answer; and of its notifications only these two mean anything here.
        else if (message is not JsonRpcNotification { Method: NotificationMethods.CancelledNotification or NotificationMethods.InitializedNotification }) return;
        await _incoming.Writer.WriteAsync(message, _ended.Token);
    }

    private (JsonRpcMessage?, string? Refusal) Read(ByteLine line)
    {
        ReadOnlySpan<byte> bytes = line.Bytes.Span;
        if (!line.IsWhole) return (null, Refuse(line, McpErrorCode.InvalidRequest, $"the message has {Words.Number(line.Length)} bytes; expected at most {Words.Number(LongestMessage)}. Ask for less at once."));
        if (!Utf8.IsValid(bytes)) return (null, Refuse(line, McpErrorCode.ParseError, "the message is no valid UTF-8; expected JSON in UTF-8, one message a line. Correct the encoding."));
        if (bytes.TrimStart(" \t"u8) is [(byte)'[', ..])
            return (null, Refuse(line, McpErrorCode.InvalidRequest, "the message is a batch, which the protocol no longer has; expected one message a line. Send them one by one."));
        try
        {
            return (JsonSerializer.Deserialize(bytes, Messages) ?? throw new JsonException("The message is null."), null);
        }
        // The converters of the package throw these where a member has the wrong type or half a surrogate pair.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or NotSupportedException or ArgumentException)
        {
            return (null, Refuse(line, McpErrorCode.ParseError, $"the message cannot be read: {ExceptionText.Sentence(fault)} Expected a JSON-RPC 2.0 message, one a line. Correct it."));
        }
    }

    private string Refuse(ByteLine line, McpErrorCode code, string message)
    {
        log.Line($"a message of {Words.Number(line.Length)} bytes was refused: {message}");
        string id = RequestIds.Recover(line.Bytes.Span, line.End.Span) ?? "null";
        return $$"""{"jsonrpc":"2.0","error":{"code":{{(int)code}},"message":{{JsonText.Of(message)}} },"id":{{id}} }""";
    }

    // A message that has begun is written to its end: half of one would spoil all that follow.
    private async Task WriteAsync(byte[] message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await output.WriteAsync((byte[])[.. message, (byte)'\n'], CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // Nobody reads the answers any more, so there is no use in further questions.
            await _ended.CancelAsync();
            _incoming.Writer.TryComplete();
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }
}
