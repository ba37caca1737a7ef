using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>
/// JSON-RPC messages over a pair of streams, one a line. The transport of the package has no bound on the length of a line or on the number
/// of unanswered requests, leaves messages that it cannot read without an answer, and drops the answers that are due when the input ends
/// (docs/design/0007).
/// </summary>
internal sealed class LineTransport(Stream input, Stream output, ServerLog log) : IDisposable
{
    /// <summary>Longer messages are refused.</summary>
    public const int LongestMessage = 1 << 20;

    private const int MostOpen = 64;

    // The default encoder writes each quotation mark of an answer's JSON text as six characters.
    private static readonly JsonTypeInfo<JsonRpcMessage> Messages =
        (JsonTypeInfo<JsonRpcMessage>)new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { Encoder = JsonText.Encoder }
            .GetTypeInfo(typeof(JsonRpcMessage));

    private readonly Channel<SessionTransport> _sessions = Channel.CreateUnbounded<SessionTransport>();
    private readonly OpenRequests _open = new(MostOpen);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private SessionTransport? _session;
    private bool _wasProbed;

    /// <summary>
    /// Reads messages until the input ends, and gives a session for each handshake. A client asks server/discover first and falls back to
    /// initialize when the answer is late; a server of the package refuses initialize once it has answered server/discover, so such a
    /// client gets a new session.
    /// </summary>
    public IAsyncEnumerable<SessionTransport> SessionsAsync()
    {
        _ = Task.Run(ReadAsync);
        return _sessions.Reader.ReadAllAsync();
    }

    /// <summary>Frees the place of a request that gets no answer because it was cancelled.</summary>
    public void Close(RequestId id) => _open.Close(id);

    // A read of standard input cannot be interrupted, so the reading thread may still use the other members until the process ends: none is
    // disposed.
    public void Dispose() => _ended.Cancel();

    private async Task ReadAsync()
    {
        var lines = new LineReader(input, LongestMessage);
        try
        {
            while (await lines.NextAsync(_ended.Token) is { } line)
                if (line.Length > 0 && line.Bytes.Span is not [(byte)'\r']) await TakeAsync(line);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ChannelClosedException && _ended.IsCancellationRequested)
        {
            // The server ends.
        }
        catch (IOException fault)
        {
            log.Line($"the client is gone: {fault.Message}");
        }

        End();
    }

    private void End()
    {
        _session?.Writer.TryComplete();
        _sessions.Writer.TryComplete();
    }

    private async Task TakeAsync(ByteLine line)
    {
        (JsonRpcMessage? message, string? refusal) = Read(line);
        if (refusal is not null)
        {
            await WriteAsync(Encoding.UTF8.GetBytes(refusal), _ended.Token);
            return;
        }

        if (message is JsonRpcRequest request)
        {
            await _open.OpenAsync(request.Id, _ended.Token);
            if (_wasProbed && request.Method == RequestMethods.Initialize) _session!.Writer.TryComplete();
            if (_session is null || (_wasProbed && request.Method == RequestMethods.Initialize))
                _sessions.Writer.TryWrite(_session = new SessionTransport(SendAsync));
            _wasProbed = request.Method == RequestMethods.ServerDiscover;
        }
        // The server asks the client nothing, so it expects no responses, and it handles only these notifications.
        else if (!IsHandled(message))
        {
            return;
        }

        if (_session is not null) await _session.Writer.WriteAsync(message!, _ended.Token);
    }

    private static bool IsHandled(JsonRpcMessage? message) =>
        message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification or NotificationMethods.InitializedNotification };

    private (JsonRpcMessage?, string? Refusal) Read(ByteLine line)
    {
        ReadOnlySpan<byte> bytes = line.Bytes.Span;
        if (!line.IsWhole)
        {
            string found = $"the message has {Words.Number(line.Length)} bytes; expected at most {Words.Number(LongestMessage)}. "
                + "Ask for less at once.";
            return (null, Refuse(line, McpErrorCode.InvalidRequest, found));
        }

        if (!Utf8.IsValid(bytes))
            return (null, Refuse(line, McpErrorCode.ParseError, "the message is no valid UTF-8; expected JSON in UTF-8, "
                + "one message a line. Correct the encoding."));
        if (bytes.TrimStart(" \t"u8) is [(byte)'[', ..])
            return (null, Refuse(line, McpErrorCode.InvalidRequest, "the message is a batch, which the protocol no longer has; "
                + "expected one message a line. Send them one by one."));
        try
        {
            return (JsonSerializer.Deserialize(bytes, Messages) ?? throw new JsonException("The message is null."), null);
        }
        // The converters of the package throw these where a member has the wrong type or half a surrogate pair.
        catch (Exception fault) when (
            fault is JsonException or InvalidOperationException or FormatException or NotSupportedException or ArgumentException)
        {
            string found = $"the message cannot be read: {ExceptionText.Sentence(fault)} Expected a JSON-RPC 2.0 message, one a line. "
                + "Correct it.";
            return (null, Refuse(line, McpErrorCode.ParseError, found));
        }
    }

    private string Refuse(ByteLine line, McpErrorCode code, string message)
    {
        log.Line($"a message of {Words.Number(line.Length)} bytes was refused: {message}");
        string id = RequestIds.Recover(line.Bytes.Span) ?? "null";
        return $$"""{"jsonrpc":"2.0","error":{"code":{{(int)code}},"message":{{JsonText.Of(message)}} },"id":{{id}} }""";
    }

    private async Task SendAsync(JsonRpcMessage message, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message, Messages), cancellation);
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError) Close(((JsonRpcMessageWithId)message).Id);
        }
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
            // Without a reader of the answers there is no use in further requests.
            await _ended.CancelAsync();
            End();
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }
}

/// <summary>The messages of one session: what a server of the package reads from and writes to.</summary>
internal sealed class SessionTransport(Func<JsonRpcMessage, CancellationToken, Task> send) : ITransport
{
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateBounded<JsonRpcMessage>(1);

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    public ChannelWriter<JsonRpcMessage> Writer => _incoming.Writer;

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => send(message, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>
/// Requests that were read and not yet answered. Beyond a number of them nothing more is read, so that a flood waits in the pipe and not in
/// memory. Thread-safe.
/// </summary>
internal sealed class OpenRequests(int most) : IDisposable
{
    private readonly Dictionary<RequestId, int> _open = [];
    private readonly SemaphoreSlim _places = new(most);

    /// <summary>Waits for a place and takes it.</summary>
    public async Task OpenAsync(RequestId id, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        // A client may use an id twice.
        lock (_open) _open[id] = _open.GetValueOrDefault(id) + 1;
    }

    /// <summary>Gives the place of a request back; nothing when it has none.</summary>
    public void Close(RequestId id)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(id, out int times)) return;
            if (times == 1) _open.Remove(id);
            else _open[id] = times - 1;
        }

        _places.Release();
    }

    public void Dispose() => _places.Dispose();
}
