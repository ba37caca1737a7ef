using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Storage;

/// <summary>Names of artifacts as names of files: an artifact may be called anything, a path to somewhere else too.</summary>
public static class FileNames
{
    private const int Longest = 100, LongestExtension = 10;

    private static readonly SearchValues<char> Separating = SearchValues.Create("/\\:*?\"<>|");

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
    };

    // With a number they are devices too: COM1, LPT9.
    private static readonly string[] Ports = ["COM", "LPT"];

    /// <summary>
    /// The name of a single file, or for a directory of a single folder, on every system: with the usual ending of its content; with
    /// underscores for separators, for control characters and for dots in front; never a device, and of at most 100 characters.
    /// </summary>
    public static string Of(ArtifactInfo artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        string name = Single(artifact.Name), ending = artifact.IsDirectory ? "" : Ending(artifact.Format, name);
        if (name.Length + ending.Length > Longest) name = Cut(name, Longest - ending.Length);
        return name + ending;
    }

    /// <summary>The same name, or where it is taken in some casing another one with a number.</summary>
    /// <param name="name">A name of a file.</param>
    /// <param name="taken">The names that are taken; the new one is added.</param>
    public static string Unique(string name, ISet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        string unique = name, stem = Path.GetFileNameWithoutExtension(name), ending = Path.GetExtension(name);
        for (int number = 2; !taken.Add(unique.Normalize().ToUpperInvariant()); number++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{ending}");
        return unique;
    }

    /// <summary>A relative path of a directory artifact with no control characters in it, and on Windows with no devices.</summary>
    internal static string Relative(string path) => string.Join('/', path.Split('/').Select(
        part => OperatingSystem.IsWindows() && IsDevice(part.Split('.')[0].TrimEnd()) ? "_" + Visible(part) : Visible(part)));

    private static string Single(string name)
    {
        string plain = string.Concat(Visible(name).Select(c => Separating.Contains(c) ? '_' : c)).Trim();
        int dots = plain.Length - plain.TrimStart('.').Length;
        // A dot in front hides a file and may give it a meaning for other programs; one behind is lost on Windows.
        plain = new string('_', dots) + plain[dots..].TrimEnd('.', ' ');
        if (plain.Length == 0) return "_";
        return IsDevice(plain.Split('.')[0].TrimEnd()) ? "_" + plain : plain;
    }

    private static bool IsDevice(string stem) => Devices.Contains(stem)
        || (stem.Length == 4 && Ports.Contains(stem[..3], StringComparer.OrdinalIgnoreCase) && !char.IsAsciiLetter(stem[3]));

    // The format is data as well. That of a text or of bytes says nothing where the name itself has an ending.
    private static string Ending(string format, string name) =>
        format.Length is 0 or > LongestExtension || !format.All(char.IsAsciiLetterOrDigit)
            || name.EndsWith("." + format, StringComparison.OrdinalIgnoreCase) || (format is "txt" or "bin" && Path.HasExtension(name))
            ? "" : "." + format;

    private static string Visible(string name)
    {
        var visible = new StringBuilder(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
            visible.Append(rune == Rune.ReplacementChar || Printable.Line(rune.ToString()) != rune.ToString() ? "_" : rune.ToString());
        return visible.ToString();
    }

    // The ending of a long name says what it is.
    private static string Cut(string name, int length)
    {
        string ending = Path.GetExtension(name) is { Length: <= LongestExtension } own ? own : "";
        string stem = name[..(length - ending.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + ending;
    }
}
