using System.Collections.Concurrent;
using System.Text.Json;

namespace Assay.Storage;

/// <summary>Finds the store a program or a command means.</summary>
public static class StoreLocation
{
    private static readonly ConcurrentDictionary<string, Func<string, StorageBackend>> Backends = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a store's folder unless the user chooses another one.</summary>
    public const string FolderName = ".assay";

    /// <summary>The environment variable that names a store.</summary>
    public const string Variable = "ASSAY_DIR";

    /// <summary>Set by <c>assay replay</c> for its program: JSON whose member <c>Store</c> names the store that is written to.</summary>
    public const string ReplayVariable = "ASSAY_REPLAY";

    /// <summary>The store this process writes to, whatever store its program names; null unless a run is replayed.</summary>
    public static string? Redirection { get; } = ReadRedirection();

    /// <summary>Whether the stores that the program names are only read.</summary>
    public static bool IsRedirected => Redirection is not null;

    /// <summary>The storage at an address.</summary>
    /// <param name="address">
    /// A path or a URL. Default: ASSAY_DIR, else the nearest <c>.assay</c> at or above the current folder, else <c>./.assay</c>.
    /// </param>
    /// <exception cref="StoreException">No backend knows URLs of that scheme.</exception>
    public static StorageBackend Open(string? address = null)
    {
        string resolved = Resolve(address);
        if (Scheme(resolved) is not { } scheme) return new FileStorage(resolved) { IsNamed = Named(address) is not null };
        if (Backends.TryGetValue(scheme, out Func<string, StorageBackend>? open)) return open(resolved);
        string known = Backends.IsEmpty ? "" : $", or a URL with one of: {string.Join(", ", Backends.Keys.Order(StringComparer.Ordinal))}";
        throw new StoreException(
            $"the store '{resolved}' has the scheme '{scheme}', which no backend of this program knows; expected a path{known}. "
            + "A program refers to the package of a backend and calls StoreLocation.Register at its start.");
    }

    /// <summary>Makes a backend known by its scheme, before a store is opened; a known one is replaced. Thread-safe.</summary>
    /// <param name="scheme">The scheme, such as <c>postgres</c>.</param>
    /// <param name="open">Makes the storage of a URL.</param>
    public static void Register(string scheme, Func<string, StorageBackend> open) => Backends[scheme] = open;

    /// <summary>The storage to write to where the program names one.</summary>
    public static StorageBackend ForWriting(StorageBackend named, TimeProvider clock)
    {
        if (Redirection is not { } address) return named;
        StorageBackend redirected = Open(address);
        StoreDescription.Ensure(redirected, clock);
        return redirected;
    }

    /// <summary>The given address, ASSAY_DIR, the nearest <c>.assay</c> at or above here, or <c>./.assay</c>; paths are absolute.</summary>
    public static string Resolve(string? address)
    {
        if (Named(address) is { } named) return Absolute(named);
        string here = Directory.GetCurrentDirectory();
        for (DirectoryInfo? folder = new(here); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, FolderName);
            if (File.Exists(new StoreLayout(candidate).Description)) return candidate;
        }

        return Path.Combine(here, FolderName);
    }

    private static string? Named(string? address) => !string.IsNullOrWhiteSpace(address) ? address
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    // What is not as expected is reported by the library that reads the whole order.
    private static string? ReadRedirection()
    {
        if (Environment.GetEnvironmentVariable(ReplayVariable) is not { Length: > 0 } order) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(order);
            return document.RootElement.GetProperty("Store").GetString();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string Absolute(string address) => Scheme(address) is null ? Path.GetFullPath(address) : address;

    internal static string? Scheme(string address) =>
        address.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? address[..end] : null;
}
