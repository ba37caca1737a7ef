using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>
/// Requests that were read and not yet answered. Beyond a number of them nothing more is read, so that a flood waits in the pipe and not in
/// memory. Thread-safe.
/// </summary>
internal sealed class OpenRequests(int most) : IDisposable
{
    private readonly Dictionary<RequestId, int> _open = [];
    private readonly SemaphoreSlim _places = new(most);

    /// <summary>Waits for a place and takes it.</summary>
    public async Task OpenAsync(RequestId id, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        // A client may use an id twice.
        lock (_open) _open[id] = _open.GetValueOrDefault(id) + 1;
    }

    /// <summary>Gives the place of a request back; nothing when it has none.</summary>
    public void Close(RequestId id)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(id, out int times)) return;
            if (times == 1) _open.Remove(id);
            else _open[id] = times - 1;
        }

        _places.Release();
    }

    public void Dispose() => _places.Dispose();
}
