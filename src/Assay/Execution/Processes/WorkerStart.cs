using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Starts this program again as a worker and waits until it is ready to serve.</summary>
internal sealed class WorkerStart(RunSession session, NamedPipeServerStream pipe, Process process)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <exception cref="AssayException">The program ended, took another path or exceeded the time before it was ready.</exception>
    public static WorkerProcess Run(RunSession session)
    {
        string name = "assay-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var pipe = new NamedPipeServerStream(
            name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        Process process = Process.Start(StartInfo(session.WorkOrder(name)))!;
        var output = new WorkerOutput(process);
        var start = new WorkerStart(session, pipe, process);
        var worker = new WorkerProcess(session, process, pipe, output);
        string? fault = start.AwaitReady(worker);
        if (fault is null)
        {
            output.Show();
            return worker;
        }

        worker.Discard();
        throw new AssayException($"a worker process could not be used: {fault}. Expected this program, started again with the same "
            + "arguments, to come to the same RunAsync with the same plan; keep what it does before that free of input, chance and time, "
            + $"or run '{session.Plan.Title}' in process.{output.Tail()}");
    }

    private bool Waits => !session.Stop.MustForce && Stopwatch.GetElapsedTime(_start) < Patience;

    private string Missing =>
        process.HasExited ? $"it ended with exit code {process.ExitCode.ToString(CultureInfo.InvariantCulture)} without reaching RunAsync "
            + $"of '{session.Plan.Title}'"
        : session.Stop.MustForce ? "the experiment was stopped before it was ready"
        : $"it did not reach RunAsync of '{session.Plan.Title}' within {Patience.TotalMinutes} minutes";

    private static ProcessStartInfo StartInfo(WorkOrder order)
    {
        string program = Environment.ProcessPath ?? throw new AssayException(
            "the path of this program is unknown, so it cannot be started again as a worker; run in process.");
        string[] arguments = Environment.GetCommandLineArgs();
        bool hosted = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, hosted ? arguments : arguments[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
        start.Environment[WorkOrder.Variable] = order.ToJson();
        return start;
    }

    private string? AwaitReady(WorkerProcess worker)
    {
        while (Waits)
        {
            // The exit is checked before the messages, because those of an ended process can still be read.
            bool hasEnded = process.HasExited;
            if (worker.TryReceive(PollPeriod, out WorkerMessage? first))
                return first.Kind == WorkerMessage.Ready ? null : first.Text ?? Missing;
            if (worker.IsSilent) return "it ended before it was ready";
            if (hasEnded && !pipe.IsConnected) break;
        }

        return Missing;
    }
}

/// <summary>The console output of a worker, copied to this program's once it serves runs. Thread-safe.</summary>
internal sealed class WorkerOutput : IDisposable
{
    private const int MaxKept = 20;

    // A process that the worker started may keep its output open after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly Process _process;
    private readonly CountdownEvent _open = new(2);
    private bool _shown;

    public WorkerOutput(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => Take(e.Data, Console.Out);
        process.ErrorDataReceived += (_, e) => Take(e.Data, Console.Error);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public void Show()
    {
        lock (_gate) _shown = true;
    }

    public string Tail()
    {
        _open.Wait(Patience);
        lock (_gate) return _last.Count == 0 ? "" : "\nIts last output:\n" + string.Join('\n', _last.Select(l => "  " + l));
    }

    public void Dispose()
    {
        if (_process.HasExited) _open.Wait(Patience);
    }

    private void Take(string? line, TextWriter target)
    {
        if (line is null)
        {
            _open.Signal();
            return;
        }

        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > MaxKept) _last.Dequeue();
            if (!_shown) return;
        }

        target.WriteLine(line);
    }
}
