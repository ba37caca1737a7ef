namespace Assay.Storage;

/// <summary>
/// A right that one process has at a time: to write a journal, to coordinate a plan, to clean a store. It ends when it is disposed of or
/// when its process dies. While it is held it is renewed every <see cref="Heartbeat"/>. Thread-safe.
/// </summary>
public abstract class Lease : IDisposable
{
    /// <summary>How often a lease is renewed.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>How long after the last renewal a holder on another host counts as dead.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Whether another process has taken the lease, after this one could not renew it for <see cref="Silence"/>.</summary>
    public abstract bool Lost { get; }

    /// <summary>Calls back once when the lease is lost, or at once if it is lost already. What the lease guards must stop then.</summary>
    public abstract void WhenLost(Action<LeaseHolder> report);

    /// <summary>Gives the lease up but leaves its trace, as a process does that is killed.</summary>
    public abstract void Abandon();

    /// <summary>Gives the lease up. A second call does nothing.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the lease.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>How a lease ends.</summary>
public enum LeaseKind
{
    /// <summary>The name is used once, by the writer of a journal: nothing of the lease stays when it ends.</summary>
    Writer,

    /// <summary>The name is shared by all who want the same right, one after the other.</summary>
    Shared,
}
