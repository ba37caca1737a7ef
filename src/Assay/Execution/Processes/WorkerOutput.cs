using System.Diagnostics;

namespace Assay;

/// <summary>
/// The console output of a worker. It is copied to this program's output once the worker serves runs; the last lines are kept for messages
/// about its death. Thread-safe.
/// </summary>
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

    /// <summary>The last output of an ended worker, for a message.</summary>
    public string Tail()
    {
        _open.Wait(Patience);
        lock (_gate) return _last.Count == 0 ? "" : "\nIts last output:\n" + string.Join('\n', _last.Select(l => "  " + l));
    }

    /// <summary>Waits for the last lines of an ended worker.</summary>
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
