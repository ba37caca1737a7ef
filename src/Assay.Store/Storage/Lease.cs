using System.Security.Cryptography;
using System.Text;

namespace Assay.Storage;

/// <summary>A right of one process at a time, until disposal or its death, renewed every <see cref="Heartbeat"/>. Thread-safe.</summary>
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

/// <summary>The names of leases. A writer's lease has the name of its journal without the ending.</summary>
public static class LeaseName
{
    /// <summary>Held by the one process that restores removed runs or frees what they hold.</summary>
    public const string Cleaning = "cleaning";

    /// <summary>Held by the one process that coordinates an experiment.</summary>
    public static string Plan(string experiment, string version) =>
        "plan-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment}\n{version}")))[..16];

    /// <summary>Whether a lease is that of a writer; the others are shared.</summary>
    public static bool IsWriter(string name) =>
        !name.StartsWith("plan-", StringComparison.Ordinal) && !name.StartsWith(Cleaning, StringComparison.Ordinal);
}
