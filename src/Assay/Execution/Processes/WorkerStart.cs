using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Starts this program again and waits until it is ready to serve.</summary>
internal sealed class WorkerStart(RunSession session, StopControl stop, NamedPipeServerStream pipe, Process process, WorkerOutput output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <exception cref="AssayException">It ended, took another path, or was not waited for, before it was ready.</exception>
    public static WorkerProcess Run(RunSession session, StopControl stop)
    {
        string name = "assay-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        Process process = Process.Start(WorkerProgram.StartInfo(session.WorkOrder(name)))!;
        var output = new WorkerOutput(process);
        var start = new WorkerStart(session, stop, pipe, process, output);
        string? fault = start.Connect();
        var worker = new WorkerProcess(session, stop, process, pipe, output);
        fault ??= start.Greet(worker);
        if (fault is null)
        {
            output.Show();
            return worker;
        }

        worker.Discard();
        throw start.Failed(fault);
    }

    private bool Waits => !stop.MustForce && Stopwatch.GetElapsedTime(_start) < Patience;

    // The exit is looked at before the pipe: what an ended process has sent can still be read.
    private string? Connect()
    {
        using var given = new CancellationTokenSource();
        Task connected = pipe.WaitForConnectionAsync(given.Token);
        while (Waits)
        {
            bool ended = process.HasExited;
            if (Task.WaitAny([connected], Look) == 0) return null;
            if (ended) break;
        }

        string fault = Missing();
        given.Cancel();
        return fault;
    }

    private string? Greet(WorkerProcess worker)
    {
        while (Waits)
        {
            if (worker.TryReceive(Look, out WorkerMessage? first)) return first.Kind == WorkerMessage.Ready ? null : first.Text ?? Missing();
            if (worker.IsSilent) return "it ended before it was ready";
        }

        return Missing();
    }

    private string Missing() =>
        process.HasExited ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {process.ExitCode} without reaching RunAsync of '{session.Plan.Title}'")
        : stop.MustForce ? "the experiment was stopped before it was ready"
        : $"it did not reach RunAsync of '{session.Plan.Title}' within {Patience.TotalMinutes} minutes";

    private AssayException Failed(string reason) => new(
        $"a worker process could not be used: {reason}. Expected this program, started again with the same arguments, to come to the same RunAsync with the same plan; " +
        $"keep what it does before that free of input, chance and time, or run '{session.Plan.Title}' in process.{output.Tail()}");
}
