using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Tells whether a <c>Dispose</c> is called because an exception is on its way out. Where the platform does not say, it seems that none is.</summary>
internal static class Unwinding
{
    [ThreadStatic]
    private static RunError? _latest;

    // Whatever the exception's own members throw while they are asked comes here, too.
    [ThreadStatic]
    private static bool _asking;

    static Unwinding() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => Remember(thrown.Exception);

    /// <summary>What the runtime keeps of the exception this thread is handling; 0 without one. Another value later means another exception.</summary>
    public static nint Exception
    {
        get
        {
            try
            {
                return Marshal.GetExceptionPointers();
            }
            catch (PlatformNotSupportedException)
            {
                return 0;
            }
        }
    }

    private static void Remember(Exception thrown)
    {
        if (_asking) return;
        _asking = true;
        try
        {
            _latest = RunError.Of(thrown);
        }
        finally
        {
            _asking = false;
        }
    }

    /// <summary>The exception last thrown on this thread.</summary>
    public static RunError Latest => _latest ?? new RunError("exception", "", "an exception left the block the run was started in", null);
}
