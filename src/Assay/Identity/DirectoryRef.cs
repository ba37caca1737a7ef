namespace Assay;

/// <summary>
/// A folder as an input: identified by the relative paths and the contents of the files in it that match
/// <see cref="Pattern"/>, sub-folders included. Empty folders and file times do not count.
/// </summary>
/// <param name="Path">The folder; relative paths count from the current directory at the start of the program.</param>
/// <param name="Pattern">File names that count, with <c>*</c> and <c>?</c>. Default: all.</param>
public sealed record DirectoryRef(string Path, string Pattern = "*")
{
    /// <summary>The files that count, as full paths in ordinal order of their relative paths.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Path, Pattern, SearchOption.AllDirectories).OrderBy(RelativeTo, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal string RelativeTo(string file) => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');
}
