using System.Security.Cryptography;
using System.Text;
using Assay.Git;

namespace Assay;

/// <summary>
/// Allows one checkout of a repository at a time, also among processes: each of two that make the same checkout would take the unfinished
/// one of the other for a deleted one. The operating system releases it when the process ends.
/// </summary>
internal sealed class CheckoutTurn : IDisposable
{
    private readonly Mutex _mutex;

    private CheckoutTurn(Mutex mutex) => _mutex = mutex;

    public static CheckoutTurn Take(GitRepository repository, TimeSpan patience)
    {
        byte[] path = SHA256.HashData(Encoding.UTF8.GetBytes(RealPath.Of(repository.Common)));
        var mutex = new Mutex(
            initiallyOwned: false, "assay-checkout-" + Convert.ToHexStringLower(path)[..16],
            new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            if (mutex.WaitOne(patience)) return new CheckoutTurn(mutex);
        }
        catch (AbandonedMutexException)
        {
            // The process that held it was killed; CheckoutPlace recognises an unfinished checkout.
            return new CheckoutTurn(mutex);
        }

        mutex.Dispose();
        throw new AssayException($"another checkout from '{repository.Root}' has not ended within {patience.TotalMinutes:0} minutes. "
            + "Wait for it, or end it.");
    }

    public void Dispose()
    {
        _mutex.ReleaseMutex();
        _mutex.Dispose();
    }
}
