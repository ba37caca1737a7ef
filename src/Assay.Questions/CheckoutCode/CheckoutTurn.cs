using System.Security.Cryptography;
using System.Text;

namespace Assay.Questions;

/// <summary>
/// One checkout of a repository at a time, also among processes: two that make the same one would take each other's half for one that
/// somebody has deleted. It is given up with the
/// process, however that ends.
/// </summary>
internal sealed class CheckoutTurn : IDisposable
{
    private readonly Mutex _mutex;

    private CheckoutTurn(Mutex mutex) => _mutex = mutex;

    public static CheckoutTurn Take(GitRepository repository, TimeSpan patience)
    {
        string name = "assay-checkout-" + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(RealPath.Of(repository.Common))))[..16];
        var mutex = new Mutex(
            initiallyOwned: false, name, new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            if (mutex.WaitOne(patience)) return new CheckoutTurn(mutex);
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it is gone; what it left half-made is found by what it looks like.
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
