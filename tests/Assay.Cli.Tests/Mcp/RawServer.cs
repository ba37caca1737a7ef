using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>
/// The built server with its pipes in the open, for what no client of good manners would send. Its heap has a hard bound: a server that
/// keeps what it is sent dies of it.
/// </summary>
internal sealed class RawServer : IDisposable
{
    public const int HeapLimit = 160 << 20;

    private readonly Process _process;
    private readonly Thread _reading;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _awaited = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _strange = [];
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _questions, _answers;

    public RawServer(string store, bool read = true, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [McpSession.Program, "mcp", "--store", store, .. options])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error) _error.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        _reading = new Thread(ReadAll) { IsBackground = true };
        if (read) _reading.Start();
    }

    /// <summary>What the server has said so far beside its answers.</summary>
    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    /// <summary>How many lines have come.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Lines that are no message of the protocol.</summary>
    public IReadOnlyCollection<string> Strange => _strange;

    public bool IsAlive => !_process.HasExited;

    public void StartReading() => _reading.Start();

    public void Send(ReadOnlySpan<byte> bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Initialize()
    {
        Ask("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}""");
        Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""" + "\n");
    }

    /// <summary>The answer to a request; a server that gives none fails the test.</summary>
    public JsonObject Ask(string method, string parameters) => Await(Begin(method, parameters));

    /// <summary>Sends a request.</summary>
    public string Begin(string method, string parameters)
    {
        string id = $"asked-{Interlocked.Increment(ref _questions)}";
        _awaited[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send($$"""{"jsonrpc":"2.0","id":"{{id}}","method":"{{method}}","params":{{parameters}}}""" + "\n");
        return id;
    }

    public JsonObject Await(string id)
    {
        Task<JsonObject> answer = _awaited[id].Task;
        Assert.True(
            Task.WaitAny([answer, _ended.Task], RealProcess.Patience) == 0,
            $"No answer to {id}; the server {(IsAlive ? "lives" : $"ended with {_process.ExitCode}")}. It said:\n{Error}");
        return answer.Result;
    }

    /// <summary>Ends the input, and gives the exit code.</summary>
    public int End()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(RealProcess.Patience), "The server did not end with its input.");
        // Without a limit it also waits for the last of what was said.
        _process.WaitForExit();
        _reading.Join();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void ReadAll()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            Interlocked.Increment(ref _answers);
            if (Message(line) is not { } message) _strange.Add(line);
            else if (message["id"] is JsonValue id && id.GetValueKind() == JsonValueKind.String && _awaited.TryGetValue(
                id.GetValue<string>(), out TaskCompletionSource<JsonObject>? asked)) asked.TrySetResult(message);
        }

        _ended.SetResult();
    }

    private static JsonObject? Message(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject message && message["jsonrpc"]?.GetValue<string>() == "2.0"
                && (message.ContainsKey("result") || message.ContainsKey("error")) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
