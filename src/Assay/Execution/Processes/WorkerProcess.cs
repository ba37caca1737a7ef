using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Security.Cryptography;

namespace Assay;

/// <summary>The coordinator's side of one worker process. Used by one slot; not thread-safe.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private readonly RunSession _session;
    private readonly StopControl _stop;
    private readonly Process _process;
    private readonly NamedPipeServerStream _pipe;
    private readonly WorkerOutput _output;
    private readonly BlockingCollection<WorkerMessage> _messages = [];
    private readonly StreamWriter _writer;

    private WorkerProcess(RunSession session, StopControl stop, Process process, NamedPipeServerStream pipe, WorkerOutput output)
    {
        (_session, _stop, _process, _pipe, _output) = (session, stop, process, pipe, output);
        _writer = new StreamWriter(pipe) { AutoFlush = true };
        new Thread(ReadMessages) { IsBackground = true, Name = "assay-worker-messages" }.Start();
    }

    /// <summary>Starts this program again and waits until it is ready to serve.</summary>
    /// <exception cref="AssayException">It ended, or took another path, before it was ready.</exception>
    public static WorkerProcess Start(RunSession session, StopControl stop)
    {
        string name = "assay-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        Process process = Process.Start(WorkerProgram.StartInfo(session.WorkOrder(name)))!;
        var output = new WorkerOutput(process);
        using var patience = new CancellationTokenSource(StartPatience);
        CancelOnExit(process, patience);
        try
        {
            pipe.WaitForConnectionAsync(patience.Token).GetAwaiter().GetResult();
            var worker = new WorkerProcess(session, stop, process, pipe, output);
            WorkerMessage? first = worker._messages.TryTake(out WorkerMessage? message, StartPatience) ? message : null;
            if (first?.Kind == WorkerMessage.Ready)
            {
                output.Show();
                return worker;
            }

            worker.Dispose();
            throw Failed(session, first?.Text ?? "it ended before it was ready", output);
        }
        catch (OperationCanceledException)
        {
            pipe.Dispose();
            bool ended = process.HasExited;
            if (!ended) process.Kill(entireProcessTree: true);
            throw Failed(session, ended
                ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {process.ExitCode} without reaching RunAsync of '{session.Plan.Title}'")
                : $"it did not reach RunAsync of '{session.Plan.Title}' within {StartPatience.TotalMinutes} minutes", output);
        }
    }

    /// <summary>Has one run executed and waits for its end, its time limit, its memory limit, or the end of the process.</summary>
    public WorkerResult Execute(PlannedRun run, int attempt, int firstAttempt, long? memoryLimit)
    {
        if (!TrySend(new WorkerMessage(WorkerMessage.Run) { Index = run.Index, Id = Fingerprint.Hex(run.Id), Attempt = attempt }))
            return Died(started: false, attempt, TimeSpan.Zero);
        long start = _session.Clock.GetTimestamp();
        bool started = false, told = false;
        while (true)
        {
            if (_messages.TryTake(out WorkerMessage? message, Look))
            {
                switch (message.Kind)
                {
                    case WorkerMessage.Started:
                        (started, attempt, start) = (true, message.Attempt, _session.Clock.GetTimestamp());
                        if (message.Attempt == firstAttempt) _session.Kept.Started(Remote(message, firstAttempt));
                        continue;
                    case WorkerMessage.Finished:
                        _session.Kept.Finished(Remote(message, firstAttempt));
                        return new WorkerResult(true, true, message.Attempt, message.Status, message.Error, default);
                    case WorkerMessage.Fault:
                        throw new StoreException(message.Text ?? "a worker reported a fault of the store");
                    default:
                        continue;
                }
            }

            TimeSpan elapsed = _session.Clock.GetElapsedTime(start);
            if (_messages.IsCompleted) return Died(started, attempt, elapsed);
            if (_session.CancelRuns.IsCancellationRequested && !told) told = TrySend(new WorkerMessage(WorkerMessage.Cancel));
            if (Overdue(started, elapsed, memoryLimit) is not { } outcome) continue;
            Kill();
            return new WorkerResult(false, started, attempt, outcome.Status, outcome.Error, elapsed);
        }
    }

    public void Dispose()
    {
        // Closing the pipe tells the worker that there is nothing more to do.
        _pipe.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) Kill();
        _output.Dispose();
        _process.Dispose();
    }

    private RunOutcome? Overdue(bool started, TimeSpan elapsed, long? memoryLimit)
    {
        if (started && _session.Options.Timeout is { } limit && elapsed > limit) return RunOutcome.Timeout(limit);
        if (_stop.MustForce) return RunOutcome.Abandoned;
        if (memoryLimit is not { } most) return null;
        _process.Refresh();
        long used = _process.HasExited ? 0 : _process.WorkingSet64;
        return used <= most ? null : Infrastructure(string.Create(CultureInfo.InvariantCulture,
            $"the worker process used {used:N0} bytes of memory, more than its limit of {most:N0}, and was killed. Raise MemoryLimit, or let the run use less."));
    }

    private WorkerResult Died(bool started, int attempt, TimeSpan elapsed)
    {
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        string code = _process.HasExited ? _process.ExitCode.ToString(CultureInfo.InvariantCulture) : "unknown";
        RunOutcome outcome = Infrastructure($"the worker process died during the run (exit code {code}).{_output.Tail()}");
        return new WorkerResult(false, WasStarted: true, attempt, outcome.Status, outcome.Error, started ? elapsed : TimeSpan.Zero);
    }

    private static RunOutcome Infrastructure(string message) => new(RunStatus.Failed, new RunError("infrastructure", "Assay.WorkerProcess", message, null));

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private RemoteRun Remote(WorkerMessage message, int firstAttempt) =>
        new(message.Id ?? "", _session.Plan.Name, message.Index, message.Attempt, message.Attempt == firstAttempt)
        {
            Status = message.Status,
            Error = message.Error,
            Duration = TimeSpan.FromMilliseconds(message.DurationMs),
            Metrics = message.Metrics ?? new Dictionary<string, System.Text.Json.JsonElement>(),
        };

    private bool TrySend(WorkerMessage message)
    {
        try
        {
            _writer.WriteLine(message.ToLine());
            return true;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void ReadMessages()
    {
        try
        {
            using var reader = new StreamReader(_pipe, leaveOpen: true);
            while (reader.ReadLine() is { } line)
            {
                if (WorkerMessage.Parse(line) is { } message) _messages.Add(message);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe's end is the process's end, which the slot sees below.
        }

        _messages.CompleteAdding();
    }

    private static void CancelOnExit(Process process, CancellationTokenSource patience)
    {
        process.Exited += (_, _) =>
        {
            try
            {
                patience.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was ready long before it ended.
            }
        };
        process.EnableRaisingEvents = true;
    }

    private static AssayException Failed(RunSession session, string reason, WorkerOutput output) => new(
        $"a worker process could not be used: {reason}. Expected this program, started again with the same arguments, to come to the same RunAsync with the same plan; " +
        $"keep what it does before that free of input, chance and time, or run '{session.Plan.Title}' in process.{output.Tail()}");
}
