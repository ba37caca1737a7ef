using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Assay.Cli.Mcp;

/// <summary>A store as an MCP server over a pair of streams, until the client closes its end.</summary>
internal static class StoreServer
{
    public static async Task RunAsync(ServedStore served, bool writes, Stream input, Stream output, ServerLog log)
    {
        // Those that write come last.
        Question[] tools = [.. AssayTool.Questions.Where(q => q.Tool is not null && (writes || !q.Writes)).OrderBy(q => q.Writes)];
        using var serving = new ToolServing(tools, served, log);
        var resources = new ResourceServing(serving, served);
        using var transport = new LineTransport(input, output, log);
        McpServerOptions options = Options(serving, resources, tools);
        options.Filters.Message.IncomingFilters.Add(next => (message, cancellation) => TrackAsync(next, message, transport, cancellation));
        await foreach (SessionTransport session in transport.SessionsAsync())
        {
            await using McpServer server = McpServer.Create(session, options);
            await server.RunAsync();
        }
    }

    private static McpServerOptions Options(ToolServing serving, ResourceServing resources, IReadOnlyList<Question> tools) => new()
    {
        ServerInfo = new Implementation { Name = AssayTool.Name, Title = "Assay experiment memory", Version = AssayVersion.Text },
        ServerInstructions = Instructions.Render(tools),
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability(), Resources = new ResourcesCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(serving.List()),
            CallToolHandler = (request, cancellation) => serving.CallAsync(request.Params, cancellation),
            ListResourcesHandler = (request, cancellation) => resources.ListAsync(request.Params?.Cursor, cancellation),
            ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ResourceServing.Templates()),
            ReadResourceHandler = (request, cancellation) => resources.ReadAsync(request.Params?.Uri ?? "", cancellation),
        },
    };

    private static async Task TrackAsync(
        McpMessageHandler next, MessageContext message, LineTransport transport, CancellationToken cancellation)
    {
        var request = message.JsonRpcMessage as JsonRpcRequest;
        // Such a request stays open until it is cancelled, and there is nothing to announce.
        if (request?.Method == RequestMethods.SubscriptionsListen)
            throw new McpProtocolException("nothing is announced here, so there is nothing to subscribe to; "
                + "ask again to see what is new.", McpErrorCode.MethodNotFound);
        try
        {
            await next(message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && request is not null)
        {
            transport.Close(request.Id);
            throw;
        }
    }
}

/// <summary>
/// The store that is served. It is opened anew for every question, so that each answer shows the present: runs that came meanwhile, a store
/// that was made only after the server was started, one that is gone.
/// </summary>
internal sealed class ServedStore(string? named, string folder, TimeProvider clock)
{
    private StorageBackend? _found;

    /// <summary>Where the store is, or would be.</summary>
    public string Path => _found?.Address ?? StoreLocation.Resolve(named);

    /// <summary>A call of a tool; it opens the store at its first use.</summary>
    public QuestionCall Call(IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellation) =>
        new(arguments) { Open = Open, StorePath = named, Clock = clock, Folder = folder, Cancellation = cancellation };

    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store Open()
    {
        Store store = Store.Open(_found ?? StoreLocation.Open(named), clock);
        // From now on it is this one: another that appears nearer must not be answered from in the middle of a conversation.
        _found = store.Storage;
        return store;
    }
}
