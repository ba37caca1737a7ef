using System.IO.Pipes;
using System.Text.Json;

namespace Assay;

/// <summary>One line of the communication between a coordinator and a worker.</summary>
internal sealed record WorkerMessage(string Kind)
{
    public const string Ready = "ready";
    public const string Run = "run";
    public const string Cancel = "cancel";
    public const string Started = "started";
    public const string Finished = "finished";
    public const string Fault = "fault";
    public const string StoreFault = "store_fault";
    public const string Journal = "journal";

    /// <summary>Asks for what the run has recorded, before it is killed.</summary>
    public const string Ask = "ask";
    public const string SoFar = "so_far";

    public long Index { get; init; }
    public string? Id { get; init; }
    public int Attempt { get; init; }
    public RunStatus Status { get; init; }
    public double DurationMs { get; init; }
    public RunError? Error { get; init; }

    /// <summary>An object in the form of journals.</summary>
    public JsonElement? Metrics { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public string? Text { get; init; }
}

/// <summary>Sends and receives messages, one in a line. Sending is thread-safe.</summary>
internal sealed class WorkerChannel(PipeStream pipe)
{
    private readonly Lock _gate = new();

    /// <returns>False if the other side is gone.</returns>
    public bool TrySend(WorkerMessage message)
    {
        try
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, DataForm.Options), (byte)'\n'];
            lock (_gate) pipe.Write(line);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Receives messages until the pipe is closed or broken.</summary>
    public void Receive(Action<WorkerMessage> take)
    {
        try
        {
            using var reader = new StreamReader(pipe, leaveOpen: true);
            while (reader.ReadLine() is { } line)
                if (Parse(line) is { } message) take(message);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side is gone.
        }
    }

    private static WorkerMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line, DataForm.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A run that a worker process has reported.</summary>
internal sealed record RemoteRun(string Id, string Experiment, long Index, int Attempt, bool IsFirstAttempt) : IEndedRun
{
    public RunStatus Status { get; init; } = RunStatus.Running;
    public RunError? Error { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>An object in the form of journals; undefined for none.</summary>
    public JsonElement Metrics { get; init; }

    public IReadOnlyDictionary<string, object?> MetricsSoFar => JsonObjects.Dictionary(Metrics);
}

/// <summary>How an ordered run came out: its end, if a journal of the worker has it; otherwise what is to be recorded of it.</summary>
internal readonly record struct WorkerResult(
    IEndedRun? Ended, bool WasStarted, RunError? Error, TimeSpan Duration, WorkerMessage? SoFar = null);
