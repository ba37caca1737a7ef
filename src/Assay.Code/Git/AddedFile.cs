namespace Assay;

/// <summary>A file on the disk beside what git has kept of it.</summary>
/// <param name="Path">Relative to the working tree's root, with slashes.</param>
/// <param name="Raw">The name git would give to its bytes as they are.</param>
/// <param name="IsAsKept">Whether git keeps these bytes.</param>
/// <param name="HasChanged">Whether it was written to since git looked at it.</param>
/// <param name="HasOtherMode">Whether it is a program here and none in git, or the other way round.</param>
internal sealed record AddedFile(string Path, string Raw, bool IsAsKept, bool HasChanged, bool HasOtherMode)
{
    /// <returns>Null where there is none that can be read.</returns>
    public static AddedFile? Read(GitRepository repository, IndexEntry entry)
    {
        string path = System.IO.Path.Combine(repository.Root, entry.Path);
        if (Hash(path, repository.HashLength) is not { } raw) return null;
        // Asked for after the bytes were read, so that no change between the two is missed.
        var file = new FileInfo(path);
        bool otherMode = !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) != entry.IsProgram;
        return new AddedFile(entry.Path, raw, raw == entry.HashText, !entry.IsOfThen(file), otherMode);
    }

    /// <returns>Null where there is no file that can be read.</returns>
    public static string? Hash(string path, int hashLength)
    {
        try
        {
            return File.Exists(path) ? BlobHash.Of(path, hashLength) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be read was not added either, and git has named it.
            return null;
        }
    }
}
