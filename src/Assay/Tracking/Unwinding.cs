using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Detects that <c>Dispose</c> is called because an exception leaves a block.</summary>
internal static class Unwinding
{
    // A weak reference, because the thread may live much longer than the exception.
    [ThreadStatic]
    private static WeakReference<Exception>? _latest;

    static Unwinding() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => _latest = new(thrown.Exception);

    /// <summary>
    /// The runtime's record of the exception that this thread handles; 0 without one, or if the platform has no such record. A later
    /// different value means another exception.
    /// </summary>
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

    /// <summary>The exception last thrown on this thread.</summary>
    public static RunError Latest => _latest?.TryGetTarget(out Exception? thrown) == true ? RunError.Of(thrown)
        : new RunError("exception", "", "an exception left the block the run was started in", null);
}
