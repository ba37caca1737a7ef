namespace Assay.Import;

/// <summary>
/// Brings the runs of other systems into a store. The folder of the other system is only read. A run enters the store whole or not at all,
/// so an import that is stopped is completed by the next one; runs that the store has already are left alone, and a run that has changed
/// since gets another attempt. Thread-safe, but a store takes one import at a time.
/// </summary>
public static class RunImport
{
    /// <summary>Imports the runs of exprag.</summary>
    /// <param name="folder">The folder <c>.exprag</c>, or its folder <c>runs</c>.</param>
    /// <param name="status">
    /// How the runs ended, which exprag does not record: success, failed or cancelled. Default: they count as interrupted. It is remembered
    /// for what a run gains later.
    /// </param>
    /// <param name="options">The store and what is written to it. Default: see <see cref="ImportOptions"/>.</param>
    /// <param name="cancellationToken">Ends the import between two runs.</param>
    /// <returns>What came over and what did not.</returns>
    /// <exception cref="AssayException">The folder is no store of exprag, or contains the store that is written.</exception>
    /// <exception cref="StoreException">The store cannot be read or written, or another import writes to it.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled; complete runs are in the store.</exception>
    public static ImportSummary FromExprag(
        string folder, RunStatus? status = null, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (status is not (null or RunStatus.Success or RunStatus.Failed or RunStatus.Cancelled))
            throw new ArgumentOutOfRangeException(nameof(status), status, "Expected success, failed or cancelled.");
        folder = FullPath(folder);
        // Before the target, which creates the store: a wrong folder leaves no trace.
        string runs = ExpragImport.FindRuns(folder);
        using var target = new ImportTarget("exprag", folder, options ?? new ImportOptions(), cancellationToken);
        new ExpragImport(runs, target, status).Run();
        return target.Summary();
    }

    /// <summary>Imports the runs of metalab's file store.</summary>
    /// <param name="folder">The folder of an experiment, with <c>_meta.json</c> and <c>runs</c> in it, or one that holds several.</param>
    /// <param name="zone">The time zone of metalab's times, which name none. Default: that of <see cref="ImportOptions.Clock"/>.</param>
    /// <param name="options">The store and what is written to it. Default: see <see cref="ImportOptions"/>.</param>
    /// <param name="cancellationToken">Ends the import between two runs.</param>
    /// <returns>What came over and what did not.</returns>
    /// <exception cref="AssayException">The folder is no store of metalab, or contains the store that is written.</exception>
    /// <exception cref="StoreException">The store cannot be read or written, or another import writes to it.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled; complete runs are in the store.</exception>
    public static ImportSummary FromMetalab(
        string folder, TimeZoneInfo? zone = null, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ImportOptions();
        folder = FullPath(folder);
        IReadOnlyList<MetalabFolder> folders = MetalabFolder.Find(folder);
        using var target = new ImportTarget("metalab", folder, options, cancellationToken);
        MetalabImport.Run(folders, target, zone ?? options.Clock.LocalTimeZone);
        return target.Summary();
    }

    /// <summary>The message for a folder that is something else.</summary>
    internal static AssayException WrongFolder(string folder, string system, string expected)
    {
        string found = File.Exists(folder) ? "it is a file"
            : !Directory.Exists(folder) ? "there is no such folder"
            : File.Exists(Path.Combine(folder, "store.json"))
                ? "it is a store of Assay, whose journals another store can take by copying runs/ and artifacts/"
            : Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(6).ToArray()
                is { Length: > 0 } entries ? $"it has {string.Join(", ", entries)}"
            : "it is empty";
        return new AssayException($"'{folder}' is no store of {system}: {found}. Expected {expected}. Correct the folder.");
    }

    private static string FullPath(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }
}

/// <summary>The store of an import, and what is written to it.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// The path or URL of the store; it is created if there is none. Default: the store that
    /// <see cref="Assay.Store.Open(string?, TimeProvider?)"/> finds.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Whether the import only reports what it would do. Default: no.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether runs that were removed and could be restored are imported as new ones. Default: no, they are left alone.</summary>
    public bool Anew { get; init; }

    /// <summary>The time, for the locks and the description of the store. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Receives remarks in sentences while the import waits for something. Default: they are dropped.</summary>
    public Action<string> Notice { get; init; } = _ => { };
}
