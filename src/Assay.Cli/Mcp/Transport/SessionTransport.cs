using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

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
