using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay;

/// <summary>
/// The worker's side: serves the runs a coordinator orders, one after another, into a journal of its own, until the pipe closes.
/// </summary>
internal sealed class WorkerServer : IRunSource, IKeptRuns
{
    private readonly Plan _plan;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly BlockingCollection<WorkerMessage> _orders = [];
    private readonly Lock _gate = new();
    private Action _cancel = () => { };
    private volatile RunContext? _current;
    private volatile bool _orphaned;

    private WorkerServer(Plan plan, StreamReader reader, StreamWriter writer) => (_plan, _reader, _writer) = (plan, reader, writer);

    /// <returns>The exit code of the process.</returns>
    public static int Serve(WorkOrder order, Plan plan, RunOptions options, IFileHasher files)
    {
        // Signals reach the whole group of processes; what they mean here is the coordinator's to say, whose end closes the pipe.
        using PosixSignalRegistration interrupt = Ignore(PosixSignal.SIGINT), end = Ignore(PosixSignal.SIGTERM), hangUp = Ignore(PosixSignal.SIGHUP);
        using var pipe = new NamedPipeClientStream(".", order.Pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        pipe.Connect(TimeSpan.FromSeconds(30));
        var server = new WorkerServer(plan, new StreamReader(pipe), new StreamWriter(pipe) { AutoFlush = true });
        if (order.Mismatch(plan) is { } mismatch)
        {
            server.Send(new WorkerMessage(WorkerMessage.Fault) { Text = $"started again, the program made another plan: {mismatch}" });
            return 1;
        }

        return server.Serve(order, options, files);
    }

    public bool TryNext(RunWorkspace workspace, out ClaimedRun claimed)
    {
        claimed = default;
        // What a coordinator that is gone has ordered last is the next one's to run.
        if (!_orders.TryTake(out WorkerMessage? order, Timeout.Infinite) || _orphaned) return false;
        PlannedRun run = _plan.At(order.Index, workspace);
        if (Fingerprint.Hex(run.Id) != order.Id)
            throw new AssayException($"run {order.Index} has the id {Fingerprint.Hex(run.Id)} in a worker and {order.Id} in the coordinator: the space gives other points when the program is started again. Build it without chance, time and input.");
        claimed = new ClaimedRun(run, order.Attempt);
        return true;
    }

    public void Started(IEndedRun run)
    {
        _current = (RunContext)run;
        Send(new WorkerMessage(WorkerMessage.Started) { Index = run.Index, Id = run.Id, Attempt = run.Attempt });
    }

    // The coordinator counts what is kept.
    public void Ended(IEndedRun run)
    {
    }

    public void Finished(IEndedRun run) => Send(new WorkerMessage(WorkerMessage.Finished)
    {
        Index = run.Index,
        Id = run.Id,
        Attempt = run.Attempt,
        Status = run.Status,
        DurationMs = run.Duration.TotalMilliseconds,
        Error = run.Error,
        Metrics = ((RunContext)run).SoFar().Metrics,
    });

    private int Serve(WorkOrder order, RunOptions options, IFileHasher files)
    {
        // Time limits are the coordinator's: it can kill. So are retries, whose waits must not count against the limit.
        options = options with { Store = order.Store, Parallel = 1, Timeout = null, Retries = RetryPolicy.None, Executor = Executor.InProcess };
        using var stop = new StopControl(() => { }, options.Clock, options.CancelGrace);
        var notices = Notices.ToStandardError();
        using (var session = new RunSession(_plan, StoreLocation.Open(order.Store), options, files, this, notices, this) { JournalMade = TellJournal, Code = order.State })
        {
            _cancel = stop.Cancel;
            stop.Attach(session);
            new Thread(ReadOrders) { IsBackground = true, Name = "assay-orders" }.Start();
            Send(new WorkerMessage(WorkerMessage.Ready));
            options.Executor.Execute(session, stop);
            session.Journal.Dispose();
            if (session.Journal.Fault is { } fault) stop.Break(fault);
        }

        if ((stop.Broken ?? stop.Fault) is not { } broken) return 0;
        Send(new WorkerMessage(broken is StoreException ? WorkerMessage.StoreFault : WorkerMessage.Fault) { Text = ExceptionText.Message(broken) });
        return 1;
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private void TellJournal(string name) => Send(new WorkerMessage(WorkerMessage.Journal) { Text = name });

    private void ReadOrders()
    {
        try
        {
            while (_reader.ReadLine() is { } line)
            {
                WorkerMessage? message = WorkerMessage.Parse(line);
                if (message?.Kind == WorkerMessage.Run) _orders.Add(message);
                else if (message?.Kind == WorkerMessage.Cancel) _cancel();
                else if (message?.Kind == WorkerMessage.Ask) TellSoFar();
            }
        }
        catch (IOException)
        {
            // A coordinator that is gone orders nothing more.
        }

        _orphaned = true;
        _orders.CompleteAdding();
        // Nobody waits for what is still under way: the coordinator is done, or dead.
        _cancel();
    }

    private void TellSoFar()
    {
        if (_current is not { } run) return;
        try
        {
            run.Session.Series.Flush(all: true);
            run.Session.Journal.Flush();
        }
        catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
        {
            // Whoever runs the run is told of a broken journal; the answer may still be of use.
        }

        (JsonElement metrics, IReadOnlyList<string>? tags) = run.SoFar();
        Send(new WorkerMessage(WorkerMessage.SoFar) { Id = run.Id, Metrics = metrics, Tags = tags });
    }

    private void Send(WorkerMessage message)
    {
        try
        {
            lock (_gate) _writer.WriteLine(message.ToLine());
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The coordinator is gone; what is in the journal stays there.
        }
    }
}
