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
        string? fault = start.Connect();
        var worker = new WorkerProcess(session, process, pipe, output);
        fault ??= start.AwaitReady(worker);
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

    private string? Connect()
    {
        using var cancellation = new CancellationTokenSource();
        Task connected = pipe.WaitForConnectionAsync(cancellation.Token);
        while (Waits)
        {
            // The exit is checked before the pipe, because the messages of an ended process can still be read.
            bool ended = process.HasExited;
            if (Task.WaitAny([connected], PollPeriod) == 0) return null;
            if (ended) break;
        }

        string fault = Missing;
        cancellation.Cancel();
        return fault;
    }

    private string? AwaitReady(WorkerProcess worker)
    {
        while (Waits)
        {
            if (worker.TryReceive(PollPeriod, out WorkerMessage? first))
                return first.Kind == WorkerMessage.Ready ? null : first.Text ?? Missing;
            if (worker.IsSilent) return "it ended before it was ready";
        }

        return Missing;
    }
}
