using System.Diagnostics;

namespace Assay.Benchmarks;

/// <summary>The largest resident memory of this process between construction and reading, sampled every five milliseconds.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stop;
    private long _peak;

    public PeakMemory()
    {
        _thread = new Thread(() =>
        {
            using Process self = Process.GetCurrentProcess();
            while (!_stop)
            {
                self.Refresh();
                _peak = Math.Max(_peak, self.WorkingSet64);
                Thread.Sleep(5);
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public long Peak => Interlocked.Read(ref _peak);

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }
}
