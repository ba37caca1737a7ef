using System.Text.Json;

namespace Assay;

/// <summary>
/// Artifacts on their way to files. Every place is checked before the first file is written, and nothing is written outside of the file or
/// folder that was named, whatever names a store holds. Not thread-safe.
/// </summary>
public sealed class ArtifactCopy
{
    private readonly List<Place> _places = [];

    /// <summary>The number of files that will be written.</summary>
    public int Count => _places.Count;

    /// <summary>Adds an artifact or data of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="artifact">One of its <see cref="RunRecord.Artifacts"/>.</param>
    /// <param name="path">The file, or for a directory the folder.</param>
    /// <param name="within">The folder that was named, which holds the path. Default: the path itself was named.</param>
    /// <exception cref="StoreException">The content of a directory is missing or damaged, or leads out of the folder.</exception>
    public void Add(RunRecord run, ArtifactInfo artifact, string path, string? within = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(path);
        string full = Absolute(path), named = within is null ? full : Absolute(within);
        if (!artifact.IsDirectory) _places.Add(new Place(full, named, () => run.OpenArtifact(artifact.Name)));
        else
            foreach ((string relative, string sha256) in Files(run, artifact.Name))
                _places.Add(new Place(PathGuard.Inside(full, FileNames.Relative(relative)), named, () => run.OpenContent(sha256)));
    }

    /// <summary>Writes the files, each whole or not at all. Folders that are missing are created.</summary>
    /// <param name="overwrite">Whether files that exist are replaced. Links, folders and devices never are.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="AssayException">A place is taken or meant twice; nothing was written.</exception>
    /// <exception cref="StoreException">Content is missing from the store or damaged.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public long Write(bool overwrite)
    {
        Check(overwrite);
        long written = 0;
        foreach (Place place in _places)
        {
            using Stream content = place.Open();
            Directory.CreateDirectory(Path.GetDirectoryName(place.Path)!);
            // Folders that were made meanwhile are looked at again.
            RequireOwnFolders(place);
            if (overwrite) AtomicFile.Write(place.Path, content.CopyTo, durable: false);
            else if (!AtomicFile.TryCreate(place.Path, content.CopyTo, durable: false)) throw Taken([place.Path]);
            written += content.Length;
        }

        return written;
    }

    private void Check(bool overwrite)
    {
        StringComparer names = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        if (_places.GroupBy(place => place.Path, names).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new AssayException($"'{twice.Key}' would be written twice; expected artifacts and files of different names. "
                + "Write one of them to another place.");
        foreach (Place place in _places)
        {
            RequireOwnFolders(place);
            if (StoreEntry.IsForeign(place.Path))
                throw new AssayException($"'{place.Path}' is a link, a pipe or a device; expected a file, or nothing. Name another place.");
            if (Directory.Exists(place.Path))
                throw new AssayException($"'{place.Path}' is a folder; expected a file, or nothing. Name another place.");
        }

        if (!overwrite && _places.FindAll(place => File.Exists(place.Path)) is { Count: > 0 } taken)
            throw Taken([.. taken.Select(place => place.Path)]);
    }

    // A link within the folder would lead out of it.
    private static void RequireOwnFolders(Place place)
    {
        string? folder = Path.GetDirectoryName(place.Path);
        for (; folder?.Length > place.Named.Length; folder = Path.GetDirectoryName(folder))
            if (StoreEntry.IsForeign(folder))
                throw new AssayException($"'{folder}' is a link; expected a folder within '{place.Named}'. "
                    + "Remove it, or name another place.");
    }

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static AssayException Taken(string[] paths)
    {
        string which = paths.Length == 1 ? $"'{paths[0]}' exists" : $"{ValueText.Few([.. paths.Select(path => $"'{path}'")])} exist";
        return new AssayException($"{which} already; expected no {Plural.Form(paths.Length, "file", "files")} there. "
            + "Name another place, or allow to replace what is there (--force, in C# overwrite: true).");
    }

    private static (string Path, string Sha256)[] Files(RunRecord run, string name)
    {
        using Stream manifest = run.OpenArtifact(name);
        try
        {
            return [.. DirectoryManifest.Read(manifest)];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreException(
                $"the list of files of the directory '{name}' of run {run.Id} cannot be read: {ExceptionText.Sentence(fault)} "
                    + "Expected a list of paths and hashes; restore it from a copy, or run the run again.", fault);
        }
    }

    /// <summary>A file to write, and the file or folder that was named.</summary>
    private sealed record Place(string Path, string Named, Func<Stream> Open);
}
