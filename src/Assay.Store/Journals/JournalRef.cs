namespace Assay.Journals;

/// <summary>A journal of a store.</summary>
/// <param name="Storage">Where the store keeps its bytes.</param>
/// <param name="Area">The set of journals it belongs to.</param>
/// <param name="Name">Its name there.</param>
public readonly record struct JournalRef(StorageBackend Storage, JournalArea Area, string Name)
{
    /// <summary>Its location, for messages.</summary>
    public string Location => Storage.Locate(Area, Name);

    /// <summary>Opens it for reading.</summary>
    public JournalSource Open() => Storage.OpenJournal(Area, Name);

    /// <summary>The journals of an area in ordinal order of their names.</summary>
    public static IReadOnlyList<JournalRef> All(StorageBackend storage, JournalArea area) =>
        [.. storage.ListJournals(area).Select(j => new JournalRef(storage, area, j.Name))];
}
