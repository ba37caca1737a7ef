using System.Runtime.CompilerServices;

namespace Assay.Tables.Tests;

/// <summary>Files in <c>Formats/Data</c> that other programs wrote, by way of <c>tests/interop/table.mjs</c>.</summary>
internal static class OtherFiles
{
    /// <summary>Their content, those of a format.</summary>
    public static IEnumerable<byte[]> Of(TableFormat format) => Directory.GetFiles(Folder()).Order(StringComparer.Ordinal)
        .Where(path => TableFormats.TryFromName(Path.GetExtension(path).TrimStart('.'), out TableFormat? named) && named == format)
        .Select(File.ReadAllBytes);

    public static string PathOf(string name) => Path.Combine(Folder(), name);

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "Formats", "Data"));
}
