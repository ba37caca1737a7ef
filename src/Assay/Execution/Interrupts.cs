using System.Runtime.InteropServices;

namespace Assay;

/// <summary>
/// Ctrl-C and SIGTERM while an experiment runs: the first stops starting runs, the second cancels those under way, the third is left to the
/// system, which ends the process. Nothing finished is lost at any of them.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly StopControl _stop;
    private readonly Notices _notices;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    private Interrupts(StopControl stop, Notices notices) => (_stop, _notices) = (stop, notices);

    /// <summary>The exit code the program should end with; null when no signal came.</summary>
    public int? ExitCode { get; private set; }

    public static Interrupts Listen(StopControl stop, Notices notices, bool handle)
    {
        var interrupts = new Interrupts(stop, notices);
        if (!handle) return interrupts;
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, c => interrupts.On(c, 130)));
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => interrupts.On(c, 143)));
        return interrupts;
    }

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void On(PosixSignalContext signal, int exitCode)
    {
        int count = Interlocked.Increment(ref _count);
        signal.Cancel = count <= 2;
        ExitCode ??= exitCode;
        if (count == 1)
        {
            _notices.Warn("stopping: no further run starts, those under way may end. Ctrl-C again cancels them.");
            _stop.Stop();
        }
        else if (count == 2)
        {
            _notices.Warn("cancelling the runs under way.");
            _stop.Cancel();
        }
    }
}
