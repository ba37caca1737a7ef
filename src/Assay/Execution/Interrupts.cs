using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Handles signals: the first lets no further run start, the second cancels the live ones, the third ends the process.</summary>
internal sealed class Interrupts : IDisposable
{
    // An object, because a Lock cannot be waited on.
    private static readonly object Gate = new();
    private static readonly HashSet<Interrupts> Active = [];
    private static int? _exitCode;

    private readonly StopControl _stop;
    private readonly Notices _notices;
    private readonly PosixSignalRegistration[] _registrations = [];
    private int _count;

    public Interrupts(StopControl stop, Notices notices, bool handle)
    {
        (_stop, _notices) = (stop, notices);
        if (!handle) return;
        lock (Gate) Active.Add(this);
        _registrations = [Register(PosixSignal.SIGINT, 130), Register(PosixSignal.SIGTERM, 143), Register(PosixSignal.SIGHUP, 129)];
        StopIfLate();
    }

    public bool Stopped => Volatile.Read(ref _count) > 0;

    /// <summary>Exits the program after a signal, when no other experiment runs.</summary>
    public void ExitIfStopped()
    {
        Leave();
        if (!Stopped) return;
        int? exitCode;
        lock (Gate)
        {
            while (Active.Count > 0) Monitor.Wait(Gate);
            exitCode = _exitCode;
        }

        if (exitCode is { } code) Environment.Exit(code);
    }

    public void Dispose()
    {
        Leave();
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void Leave()
    {
        lock (Gate)
        {
            if (Active.Remove(this)) Monitor.PulseAll(Gate);
        }
    }

    private void StopIfLate()
    {
        lock (Gate)
        {
            if (_exitCode is null || _count > 0) return;
            _count = 1;
        }

        _stop.Stop();
        _notices.Warn("the program was told to stop before this experiment began: no run starts.");
    }

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) =>
        PosixSignalRegistration.Create(signal, context => Handle(context, exitCode));

    private void Handle(PosixSignalContext signal, int exitCode)
    {
        int count;
        lock (Gate)
        {
            _exitCode ??= exitCode;
            count = ++_count;
        }

        signal.Cancel = count <= 2;
        if (count == 1)
        {
            _stop.Stop();
            _notices.Warn("stopping: no further run starts, those under way may end. Ctrl-C again cancels them.");
        }
        else if (count == 2)
        {
            _stop.Cancel();
            _notices.Warn("cancelling the runs under way.");
        }
    }
}
