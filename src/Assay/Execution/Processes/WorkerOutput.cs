using System.Diagnostics;

namespace Assay;

/// <summary>
/// What a worker prints: passed on to this program's own output once the worker serves runs; kept, the last lines of it, for the case that
/// the worker dies. Thread-safe.
/// </summary>
internal sealed class WorkerOutput : IDisposable
{
    private const int MostKept = 20;

    // A process that the worker has left behind holds its output open for as long as it likes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly Process _process;
    private readonly TaskCompletionSource _ended = new();
    private int _open = 2;
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

    /// <summary>What an ended worker printed last, for a message.</summary>
    public string Tail()
    {
        _ended.Task.Wait(Patience);
        lock (_gate) return _last.Count == 0 ? "" : "\nIts last output:\n" + string.Join('\n', _last.Select(l => "  " + l));
    }

    // Its last lines may still be on their way.
    public void Dispose()
    {
        if (_process.HasExited) _ended.Task.Wait(Patience);
    }

    private void Take(string? line, TextWriter target)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0) _ended.SetResult();
            return;
        }

        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > MostKept) _last.Dequeue();
            if (!_shown) return;
        }

        target.WriteLine(line);
    }
}
