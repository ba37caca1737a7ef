using System.Security.Cryptography;
using System.Text;

namespace Assay.Git;

/// <summary>Finds the files of a snapshot that a checkout writes with other bytes: converted, filtered, hidden, or just changed.</summary>
internal static class AlteredFiles
{
    private static readonly string[] Attributes = ["filter", "ident", "working-tree-encoding", "eol"];

    /// <summary>Compares what git writes to a folder with the working tree; git works with the index of the snapshot.</summary>
    /// <exception cref="GitException">Index or attributes cannot be read.</exception>
    public static IReadOnlyList<string> Find(GitProgram git, string root, IEnumerable<string> changed, string folder)
    {
        Dictionary<string, string> hashes = Candidates(git, root, [.. changed]);
        if (hashes.Count == 0) return [];
        int digits = hashes.Values.First().Length;
        Dictionary<string, string?> now = hashes.ToDictionary(file => file.Key, file => Hash(Path.Combine(root, file.Key), digits));
        // The answer consists of path, attribute and value.
        string[][] attributes = [.. git.RunOn(hashes.Keys, ["check-attr", "-z", "--stdin", .. Attributes]).Expected().Parts.Chunk(3)];
        string[] suspects = [.. hashes.Where(file => file.Value != now[file.Key]).Select(file => file.Key)
            .Union(attributes.Where(answer => answer[2] is not ("unspecified" or "unset")).Select(answer => answer[0]))];
        // A file that a filter fails to write is missing, and so differs.
        if (suspects.Length > 0) git.RunOn(suspects, "checkout-index", "-z", "--stdin", $"--prefix={folder}/");
        return [.. suspects.Where(path => now[path] != Hash(Path.Combine(folder, path), digits)).Order(StringComparer.Ordinal)];
    }

    // The files, without links and submodules, that changed or that git passes over, with their objects.
    private static Dictionary<string, string> Candidates(GitProgram git, string root, HashSet<string> changed)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in git.Run(null, "ls-files", "-s", "-v", "-z").Expected().Parts)
        {
            // The form of a line is "tag mode hash stage TAB path". The tag is S for skip-worktree, and in lower case for assume-unchanged.
            string[] parts = line.Split(' ', 4);
            string path = parts[3][2..];
            bool isHidden = char.IsLower(line[0]) || line[0] == 'S';
            if (parts[1].StartsWith("100", StringComparison.Ordinal)
                && (changed.Contains(path) || (isHidden && File.Exists(Path.Combine(root, path)))))
                hashes[path] = parts[2];
        }

        return hashes;
    }

    // The name that git gives to the bytes of a file; null where there is no file that can be read.
    private static string? Hash(string path, int digits)
    {
        try
        {
            // Opening a pipe, whose length is 0, would wait for a writer.
            using Stream file = new FileInfo(path).Length == 0 ? Stream.Null : File.OpenRead(path);
            using var hash = IncrementalHash.CreateHash(
                digits == 2 * SHA1.HashSizeInBytes ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
            byte[] block = new byte[1 << 16];
            while (file.Read(block) is > 0 and var read) hash.AppendData(block, 0, read);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
