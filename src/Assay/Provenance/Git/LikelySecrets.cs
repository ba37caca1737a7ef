using System.IO.Enumeration;

namespace Assay;

/// <summary>Tells files that should not get into a repository without being asked for.</summary>
internal static class LikelySecrets
{
    // Keys are small; what is larger than this is data.
    private const int LargestKey = 1 << 16;

    public static IReadOnlyList<string> Names { get; } =
    [
        ".env", ".env.*", "*.env", "*.pem", "*.key", "*.pfx", "*.p12", "*.jks", "*.keystore", "*.ppk", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".netrc", "_netrc", ".pgpass",
        ".git-credentials", ".npmrc", ".pypirc", "secrets.json", "credentials.json", "*.kdbx",
    ];

    // What projects commit on purpose to show what belongs into the real one.
    private static readonly string[] Examples = ["*.example", "*.sample", "*.template", "*.dist"];

    /// <summary>Why a file is left out; null when it is none.</summary>
    public static string? Reason(string file, IReadOnlyList<string> names)
    {
        string name = Path.GetFileName(file);
        if (!Matches(name, Examples) && names.FirstOrDefault(n => FileSystemName.MatchesSimpleExpression(n, name)) is { } pattern) return $"likely a secret (its name matches {pattern})";
        return HoldsPrivateKey(file) ? "holds a private key" : null;
    }

    private static bool Matches(string name, IEnumerable<string> patterns) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name));

    private static bool HoldsPrivateKey(string file)
    {
        try
        {
            var info = new FileInfo(file);
            // Pipes and sockets have the length 0; reading one would wait for a writer.
            if (info.LinkTarget is not null || !info.Exists || info.Length is 0 or > LargestKey) return false;
            ReadOnlySpan<byte> content = File.ReadAllBytes(file);
            int begin = content.IndexOf("-----BEGIN "u8);
            return begin >= 0 && content[begin..Math.Min(content.Length, begin + 80)].IndexOf("PRIVATE KEY-----"u8) >= 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be read cannot be captured either; git will name it.
            return false;
        }
    }
}
