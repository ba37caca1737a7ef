using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>
/// Calls tools, a few at once, and turns faults into answers that say what was expected: whatever a call asks for, the server goes on.
/// Thread-safe.
/// </summary>
internal sealed class ToolServing(IReadOnlyList<Question> tools, ServedStore served, ServerLog log) : IDisposable
{
    // Each may hold the columns of a whole store.
    private const int AtOnce = 4;

    private readonly Dictionary<string, Question> _byName = tools.ToDictionary(t => t.Tool!.Name, StringComparer.Ordinal);
    private readonly Tool[] _definitions = [.. tools.Select(Definition)];
    private readonly SemaphoreSlim _places = new(AtOnce);

    public ListToolsResult List() => new() { Tools = [.. _definitions] };

    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async ValueTask<CallToolResult> CallAsync(CallToolRequestParams? request, CancellationToken cancellation)
    {
        if (!_byName.TryGetValue(request?.Name ?? "", out Question? tool))
            throw new McpProtocolException(
                $"there is no tool '{Printable.Line(request?.Name ?? "")}'; expected {string.Join(", ", _byName.Keys)}. "
                    + "Tools that write are there only with --allow-writes.",
                McpErrorCode.InvalidParams);
        var arguments = new Dictionary<string, JsonElement>(
            request!.Arguments ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        return await DoAsync(
            () => Answer(tool, served.Call(arguments, cancellation), arguments.Keys), tool.Tool!.Name, Failure, cancellation);
    }

    /// <summary>Does work that reads the store, and turns its faults into an answer.</summary>
    public async ValueTask<TResult> DoAsync<TResult>(
        Func<TResult> work, string what, Func<string, TResult> failure, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        catch (AssayException fault)
        {
            return failure(Question.ToolMessageOf(fault));
        }
        catch (TableException fault)
        {
            return failure(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return failure($"the store cannot be read: {ExceptionText.Sentence(fault)} Expected files that may be read; "
                + "check their permissions and the disk, then ask again.");
        }
        // The last line of defence: a fault of the tool ends no conversation, and the log has its place.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.Line($"unexpected fault of {what}: {fault}");
            return failure($"unexpected fault of {what}: {ExceptionText.Sentence(fault)} This is a fault of assay itself and "
                + "not of the call; please report it with this message.");
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static CallToolResult Answer(Question question, QuestionCall call, IEnumerable<string> arguments)
    {
        question.RequireKnown(arguments);
        string json = question.ToToolJson(question.Ask(call), call).ToJsonString(JsonText.Plain);
        using JsonDocument document = JsonDocument.Parse(json);
        // The text is for clients that do not know structured content.
        return new CallToolResult { Content = [new TextContentBlock { Text = json }], StructuredContent = document.RootElement.Clone() };
    }

    private static Tool Definition(Question question)
    {
        ToolText text = question.Tool!;
        return new Tool
        {
            Name = text.Name,
            Title = text.Title,
            Description = $"{text.Description} (assay {question.Command?.Name ?? text.Command})",
            InputSchema = Element(question.InputSchema()),
            OutputSchema = Element(question.OutputSchema()),
            Annotations = new ToolAnnotations
            {
                Title = text.Title,
                ReadOnlyHint = !question.Writes,
                DestructiveHint = text.Destroys,
                IdempotentHint = text.IsIdempotent,
                OpenWorldHint = false,
            },
        };
    }

    private static JsonElement Element(JsonObject schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static CallToolResult Failure(string message)
    {
        const int Longest = 5000;
        string text = Words.Cut(Printable.Block(message), Longest);
        return new CallToolResult { Content = [new TextContentBlock { Text = text }], IsError = true };
    }
}
