using System.Text.Json;

namespace Assay.Storage;

/// <summary>The format of a store, which keeps older programs from writing into newer stores. Journals are readable without.</summary>
public static class StoreDescription
{
    /// <summary>The newest format this version reads and writes.</summary>
    public const int Format = 1;

    /// <summary>Checks an existing store.</summary>
    /// <exception cref="StoreException">There is none, it is unreadable, or it is of a newer format.</exception>
    public static void Check(StorageBackend storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (ReadFormat(storage) is not { } format)
        {
            bool hasJournals = storage.ListJournals(JournalArea.Runs).Count > 0;
            throw hasJournals ? StoreFaults.NoDescription(storage.Address) : StoreFaults.Missing(storage.Address);
        }

        if (format > Format) throw StoreFaults.Newer(storage.Address, format, Format);
    }

    /// <summary>Creates the store unless it exists, and checks it.</summary>
    /// <exception cref="StoreException">
    /// It cannot be created, has journals but no description of their format, is unreadable, or is of a newer format.
    /// </exception>
    public static void Ensure(StorageBackend storage, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(clock);
        // Journals without a description may be of any format, so Check refuses them.
        if (storage.ReadDescription() is null && storage.ListJournals(JournalArea.Runs).Count == 0)
            storage.WriteDescription(Describe(clock));
        Check(storage);
    }

    /// <summary>The format of a store; null where it has no description.</summary>
    /// <exception cref="StoreException">The description cannot be read.</exception>
    internal static int? ReadFormat(StorageBackend storage)
    {
        if (storage.ReadDescription() is not { } description) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(description);
            return document.RootElement.GetProperty("format").GetInt32();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw StoreFaults.Unreadable(storage.Address, fault.Message);
        }
    }

    private static byte[] Describe(TimeProvider clock) => new JsonBuffer().Raw("{\"format\":"u8).Integer(Format)
        .Raw(",\"created_by\":"u8).String("assay " + AssayVersion.Text)
        .Raw(",\"created_at\":"u8).Time(clock.GetUtcNow()).Raw("}\n"u8).ToArray();
}
