using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipes;

namespace Assay;

/// <summary>The coordinator's side of one worker process. Used by one slot; not thread-safe.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(2);

    private readonly RunSession _session;
    private readonly Process _process;
    private readonly NamedPipeServerStream _pipe;
    private readonly WorkerOutput _output;
    private readonly BlockingCollection<WorkerMessage> _messages = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly WorkerChannel _channel;
    private volatile string? _journal;

    public WorkerProcess(RunSession session, Process process, NamedPipeServerStream pipe, WorkerOutput output)
    {
        (_session, _process, _pipe, _output) = (session, process, pipe, output);
        _channel = new WorkerChannel(pipe);
        new Thread(ReadMessages) { IsBackground = true, Name = "assay-worker-messages" }.Start();
    }

    /// <summary>Whether the worker has closed its end of the pipe and all messages were received.</summary>
    public bool IsSilent => _messages.IsCompleted;

    public bool IsGone { get; private set; }

    public bool TryReceive(TimeSpan patience, [NotNullWhen(true)] out WorkerMessage? message) => _messages.TryTake(out message, patience);

    /// <summary>Orders an attempt and waits for its end, its time limit, its memory limit, or the end of the process.</summary>
    public WorkerResult Execute(ClaimedRun claimed, int retry, long? memoryLimit)
    {
        PlannedRun run = claimed.Run;
        var remote = new RemoteRun(Fingerprint.Hex(run.Id), _session.Plan.Name, run.Index, claimed.AttemptOf(retry), retry == 1);
        bool sent = _channel.TrySend(new WorkerMessage(WorkerMessage.Run) { Index = run.Index, Id = remote.Id, Attempt = remote.Attempt });
        long? start = null;
        bool cancelled = false;
        while (true)
        {
            if (TryReceive(PollPeriod, out WorkerMessage? message))
            {
                if (message.Kind == WorkerMessage.Finished) return Finished(remote, message);
                if (message.Kind == WorkerMessage.StoreFault) throw new StoreException(message.Text!);
                if (message.Kind == WorkerMessage.Fault) throw new AssayException(message.Text!);
                if (message.Kind != WorkerMessage.Started) continue;
                start = _session.Clock.GetTimestamp();
                _session.Kept.Started(remote);
                continue;
            }

            TimeSpan elapsed = start is { } since ? _session.Clock.GetElapsedTime(since) : TimeSpan.Zero;
            RunError? over = !sent || IsSilent ? Died(start is not null) : Overdue(start is not null, elapsed, memoryLimit);
            if (over is not null) return GiveUp(run, remote, over, start is not null, elapsed);
            if (_session.CancelRuns.IsCancellationRequested && !cancelled)
                cancelled = _channel.TrySend(new WorkerMessage(WorkerMessage.Cancel));
        }
    }

    /// <summary>Closes the pipe, which ends an idle worker, and waits for the end of the process.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _pipe.Dispose();
        if (!_process.WaitForExit(ExitPatience)) Kill();
        _output.Dispose();
        _process.Dispose();
        _closing.Dispose();
    }

    public void Discard()
    {
        Kill();
        Dispose();
    }

    private WorkerResult GiveUp(PlannedRun run, RemoteRun remote, RunError error, bool started, TimeSpan elapsed)
    {
        // A process that exceeds the memory limit is killed without delay.
        WorkerMessage? soFar = started && error.Kind != "infrastructure" ? AskSoFar() : null;
        if (soFar?.Kind == WorkerMessage.Finished) return Finished(remote, soFar);
        Kill();
        IsGone = true;
        // The worker may have written the end of the run without reporting it.
        return new WorkerResult(WorkerJournal.FindEnd(_session.Storage, _journal, run.Id, remote), started, error, elapsed, soFar);
    }

    /// <returns>What the run has recorded, or its end in the meantime; null if the worker does not answer.</returns>
    private WorkerMessage? AskSoFar()
    {
        long start = Stopwatch.GetTimestamp();
        if (!_channel.TrySend(new WorkerMessage(WorkerMessage.Ask))) return null;
        while (Stopwatch.GetElapsedTime(start) < AnswerPatience && !IsSilent)
        {
            if (!TryReceive(PollPeriod, out WorkerMessage? message)) continue;
            if (message.Kind is WorkerMessage.SoFar or WorkerMessage.Finished) return message;
        }

        return null;
    }

    private RunError? Overdue(bool started, TimeSpan elapsed, long? memoryLimit)
    {
        if (started && _session.Options.Timeout is { } limit && elapsed > limit) return AttemptError.Timeout(limit);
        if (_session.Stop.MustForce) return AttemptError.Abandoned;
        if (memoryLimit is not { } most) return null;
        _process.Refresh();
        long used = _process.HasExited ? 0 : _process.WorkingSet64;
        return used <= most ? null : Infrastructure(string.Create(CultureInfo.InvariantCulture,
            $"the worker process used {used:N0} bytes of memory, more than its limit of {most:N0}, and was killed. ")
            + "Raise MemoryLimit, or let the run use less.");
    }

    private RunError Died(bool started)
    {
        _process.WaitForExit(ExitPatience);
        string code = _process.HasExited ? _process.ExitCode.ToString(CultureInfo.InvariantCulture) : "unknown";
        string time = started ? "during the run" : "before the run began";
        return Infrastructure($"the worker process died {time} (exit code {code}).{_output.Tail()}");
    }

    private static RunError Infrastructure(string message) => new("infrastructure", "Assay.WorkerProcess", message, null);

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(ExitPatience);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // The process has ended by itself, or the system cannot kill it or one of its children.
        }
    }

    private static WorkerResult Finished(RemoteRun run, WorkerMessage message)
    {
        RemoteRun ended = run with
        {
            Status = message.Status,
            Error = message.Error,
            Duration = TimeSpan.FromMilliseconds(message.DurationMs),
            Metrics = message.Metrics ?? run.Metrics,
        };
        return new WorkerResult(ended, WasStarted: true, default, default);
    }

    private void ReadMessages()
    {
        try
        {
            _pipe.WaitForConnectionAsync(_closing.Token).GetAwaiter().GetResult();
            _channel.Receive(message =>
            {
                if (message.Kind == WorkerMessage.Journal) _journal = message.Text;
                else _messages.Add(message);
            });
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process ended or was given up before it connected.
        }

        _messages.CompleteAdding();
    }
}
