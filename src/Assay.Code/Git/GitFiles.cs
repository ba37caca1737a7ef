using System.Text;

namespace Assay;

/// <summary>What is asked of git for many files at once: their names go to its input, each ended by NUL.</summary>
internal static class GitFiles
{
    /// <summary>Writes files of the index into a folder, as a checkout would have them.</summary>
    public static GitAnswer Write(GitProgram git, IEnumerable<string> paths, string folder) => git.Run(Names(paths), "checkout-index", "-z", "--stdin", $"--prefix={folder}/");

    /// <summary>For each file the value of each attribute, in the order they are asked for.</summary>
    /// <exception cref="GitException">They cannot be read.</exception>
    public static IEnumerable<(string Path, string[] Values)> Attributes(GitProgram git, IEnumerable<string> paths, string[] attributes)
    {
        // path, attribute, value
        string[] told = git.Run(Names(paths), ["check-attr", "-z", "--stdin", .. attributes]).Expected().Text.Split('\0');
        return told.Chunk(3).Where(t => t.Length == 3).Chunk(attributes.Length).Select(f => (f[0][0], Array.ConvertAll(f, t => t[2])));
    }

    private static byte[] Names(IEnumerable<string> paths) => Encoding.UTF8.GetBytes(string.Concat(paths.Select(p => p + "\0")));
}
