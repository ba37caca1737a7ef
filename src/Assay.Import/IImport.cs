namespace Assay.Import;

/// <summary>Reads the store of another system and writes what it finds to an <see cref="ImportTarget"/>.</summary>
internal interface IImport
{
    /// <exception cref="AssayException">The folder is no store of the system.</exception>
    /// <exception cref="StoreException">The target cannot be written.</exception>
    void Run();
}

/// <summary>The messages for folders that are something else.</summary>
internal static class ImportFault
{
    public static AssayException WrongFolder(string folder, string system, string expected)
    {
        string found = !Directory.Exists(folder)
            ? File.Exists(folder) ? "it is a file" : "there is no such folder"
            : File.Exists(Path.Combine(folder, "store.json")) ? "it is a store of Assay, whose journals another store can take by copying runs/ and artifacts/"
            : Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(6).ToArray() is { Length: > 0 } entries ? $"it has {string.Join(", ", entries)}"
            : "it is empty";
        return new AssayException($"'{folder}' is no store of {system}: {found}. Expected {expected}. Correct the folder.");
    }
}
