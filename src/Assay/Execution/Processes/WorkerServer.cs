using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay;

/// <summary>The worker's side: executes the ordered runs, one after another, into a journal of its own, until the pipe closes.</summary>
internal sealed class WorkerServer : IRunSource, IKeptRuns
{
    private readonly Plan _plan;
    private readonly WorkerChannel _channel;
    private readonly BlockingCollection<WorkerMessage> _orders = [];
    private Action _cancel = () => { };
    private volatile RunContext? _current;
    private volatile bool _orphaned;

    private WorkerServer(Plan plan, PipeStream pipe) => (_plan, _channel) = (plan, new WorkerChannel(pipe));

    public static int Serve(WorkOrder order, Plan plan, RunOptions options)
    {
        // Signals reach the whole process group. The coordinator decides about them; its end closes the pipe.
        using IDisposable interrupt = Ignore(PosixSignal.SIGINT), end = Ignore(PosixSignal.SIGTERM), hangUp = Ignore(PosixSignal.SIGHUP);
        using var pipe = new NamedPipeClientStream(".", order.Pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        pipe.Connect(TimeSpan.FromSeconds(30));
        var server = new WorkerServer(plan, pipe);
        if (order.Mismatch(plan) is not { } mismatch) return server.Serve(order, options);
        server.Send(new WorkerMessage(WorkerMessage.Fault) { Text = $"started again, the program made another plan: {mismatch}" });
        return 1;
    }

    public bool TryNext(RunWorkspace workspace, out ClaimedRun claimed)
    {
        claimed = default;
        // The last order of a dead coordinator is left to the next coordinator.
        if (!_orders.TryTake(out WorkerMessage? order, Timeout.Infinite) || _orphaned) return false;
        PlannedRun run = _plan.At(order.Index, workspace);
        string id = Fingerprint.Hex(run.Id);
        if (id != order.Id)
            throw new AssayException($"run {order.Index} has the id {id} in a worker and {order.Id} in the coordinator: the space gives "
                + "other points when the program is started again. Build it without chance, time and input.");
        claimed = new ClaimedRun(run, order.Attempt);
        return true;
    }

    public void Started(IEndedRun run)
    {
        _current = (RunContext)run;
        Send(new WorkerMessage(WorkerMessage.Started) { Index = run.Index, Id = run.Id, Attempt = run.Attempt });
    }

    // The coordinator counts the runs.
    public void Ended(IEndedRun run) { }

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

    private int Serve(WorkOrder order, RunOptions options)
    {
        // Time limits and retries are the coordinator's: it can kill, and the wait before a retry must not count against the limit.
        options = options with { Parallel = 1, Timeout = null, Retries = RetryPolicy.None, Executor = Executor.InProcess };
        using var stop = new StopControl(() => { }, options.Clock, options.CancelGrace);
        StorageBackend storage = StoreLocation.Open(order.Store);
        using (var session = new RunSession(_plan, storage, options, this, stop, Notices.ToStandardError(), this)
        {
            JournalMade = name => Send(new WorkerMessage(WorkerMessage.Journal) { Text = name }),
            Code = order.State,
        })
        {
            _cancel = stop.Cancel;
            new Thread(ReadOrders) { IsBackground = true, Name = "assay-orders" }.Start();
            Send(new WorkerMessage(WorkerMessage.Ready));
            session.Execute();
        }

        if (stop.Fault is not { } broken) return 0;
        string kind = broken is StoreException ? WorkerMessage.StoreFault : WorkerMessage.Fault;
        Send(new WorkerMessage(kind) { Text = ExceptionText.Message(broken) });
        return 1;
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private void ReadOrders()
    {
        _channel.Receive(message =>
        {
            if (message.Kind == WorkerMessage.Run) _orders.Add(message);
            else if (message.Kind == WorkerMessage.Cancel) _cancel();
            else if (message.Kind == WorkerMessage.Ask) SendSoFar();
        });
        _orphaned = true;
        _orders.CompleteAdding();
        _cancel();
    }

    private void SendSoFar()
    {
        if (_current is not { } run) return;
        try
        {
            run.Session.Series.Flush(all: true);
            run.Session.Journal.Flush();
        }
        catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
        {
            // The run itself reports the broken journal.
        }

        (JsonElement metrics, IReadOnlyList<string>? tags) = run.SoFar();
        Send(new WorkerMessage(WorkerMessage.SoFar) { Id = run.Id, Metrics = metrics, Tags = tags });
    }

    // If the coordinator is dead, the journal has what was recorded.
    private void Send(WorkerMessage message) => _channel.TrySend(message);
}
