using System.Globalization;

namespace Assay.Storage;

/// <summary>What goes wrong with files of a store: what is done about it, and the messages, in one place.</summary>
internal static class StoreFaults
{
    // EROFS, EACCES and EPERM; the denied access and write protection of Windows. More space would not help there.
    private static readonly int[] Refused = [30, 13, 1, unchecked((int)0x80070005), unchecked((int)0x80070013)];

    public static bool IsOfFiles(Exception fault) => fault is IOException or UnauthorizedAccessException;

    /// <summary>What is read, or something else after a fault of files, or another tolerated one.</summary>
    public static T Or<T>(T otherwise, Func<T> read, Func<Exception, bool>? isTolerated = null)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when ((isTolerated ?? IsOfFiles)(fault))
        {
            return otherwise;
        }
    }

    /// <summary>Does something to files, or not where they cannot be accessed.</summary>
    public static void Try(Action work) => Or(false, () =>
    {
        work();
        return true;
    });

    /// <summary>What writing to a path returns.</summary>
    /// <exception cref="StoreException">The path cannot be written.</exception>
    public static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            throw CannotWrite(path, fault);
        }
    }

    public static StoreException CannotWrite(string path, Exception fault) => new(
        $"cannot write '{path}': {ExceptionText.Sentence(fault)} {Remedy(path, fault)} "
        + "Runs reported as finished are kept; run again to do the rest.", fault);

    /// <summary>The path of a store, or a folder on the way to it, is taken by a file.</summary>
    public static StoreException IsFile(string path, string file) => new(path == file
        ? $"the store '{path}' is a file. Expected a folder, or a path where one can be made; "
            + "name the folder the store is in, or choose another path."
        : $"cannot write '{path}': '{file}' is a file. Expected a path where a folder can be made; choose another store.");

    /// <summary>An annotation is written whole or not at all.</summary>
    public static StoreException CannotAnnotate(string path, Exception fault) =>
        new($"cannot write '{path}': {ExceptionText.Sentence(fault)} {Remedy(path, fault)} Nothing was changed.", fault);

    public static StoreException AnnotationNotOnDisk(string path, Exception fault) => new(
        $"the disk did not confirm what was written to '{path}': {ExceptionText.Sentence(fault)} Expected a disk that keeps what is "
        + "written. It counts for now and may be missing after a restart of the machine; check the disk, then try again.", fault);

    /// <summary>Unlike after a failed write, nobody knows how much of what was reported is on the disk.</summary>
    public static StoreException NotOnDisk(string path, Exception fault) => new(
        $"the disk did not confirm what was written to '{path}': {ExceptionText.Sentence(fault)} Expected a disk that keeps what is "
        + "written. Runs reported as finished since it last did may be missing after a restart of the machine; check the disk, then run "
        + "again: what is missing is done again.", fault);

    /// <summary>The exceptions of .NET when a file cannot be written; the odd one answers a limit on the length of files.</summary>
    public static bool IsOfWriting(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    public static StoreException NoDescription(string path) => new(
        $"the store '{path}' has journals but no description of its format (store.json in a folder). Restore it from another copy of "
        + "the store, or create it with the content {\"format\":1}; the journals are not affected.");

    public static StoreException Missing(string path) => new(
        $"there is no store at '{path}': expected {(StoreLocation.Scheme(path) is null ? "a folder with a store.json in it" : "a store")}. "
        + "Correct the path, or run an experiment with this store to create it.");

    public static StoreException Newer(string path, int found, int known) => new(
        $"the store '{path}' has format {found}; this version of Assay ({AssayVersion.Text}) knows formats up to {known}. "
        + "Update Assay to read it. Nothing was changed.");

    public static StoreException Unreadable(string path, string reason) => new(
        $"the description of the store '{path}' is not readable: {reason}. Expected JSON like {{\"format\":1}}; "
        + "restore it from another copy of the store. The journals beside it are not affected.");

    private static string Remedy(string path, Exception fault) => fault is UnauthorizedAccessException || Refused.Contains(fault.HResult)
        ? "Expected a writable folder; fix the permissions, or choose another store. Reading what is there is fine."
        : $"({Free(path)}) Expected a writable folder with free space; free some, fix the permissions, or choose another store.";

    private static string Free(string path) => Or(null, () => DriveInfo.GetDrives()
        .Where(d => Path.GetFullPath(path).StartsWith(d.RootDirectory.FullName, StringComparison.Ordinal))
        .MaxBy(d => d.RootDirectory.FullName.Length) is { } drive
            ? string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace:N0} bytes free there")
            : null) ?? "free space unknown";
}
