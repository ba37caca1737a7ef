using System.IO.Enumeration;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Git;

/// <summary>Recognises files that do not belong in a repository unless the user puts them there.</summary>
internal static partial class LikelySecrets
{
    // Keys are small; a larger file is data.
    private const int LargestKey = 1 << 16;

    /// <summary>Names of files, and ends of paths where a name alone is ambiguous.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        ".env", ".env.*", "*.env", ".envrc", "*.pem", "*.key", "*.ppk", "*.pfx", "*.p12", "*.jks", "*.keystore", "*.kdbx", "id_rsa*",
        "id_dsa*", "id_ecdsa*", "id_ed25519*", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".htpasswd", ".git-credentials", "credentials",
        "*credentials.json", "client_secret*.json", "service-account*.json", "service_account*.json", ".aws/credentials", "kubeconfig",
        "*.kubeconfig", ".kube/config", ".dockercfg", ".docker/config.json", "*.tfstate", "*.tfstate.*", "*.tfvars", "*.tfvars.json",
        "secrets.json", "secrets.y*ml", "secrets.toml", ".secrets", "*.secret", "*.secrets", "token.txt", "tokens.txt", "token.json",
        "*.token", "password.txt", "passwords.txt", ".vault-token", ".vault_pass*", ".s3cfg", ".boto", ".databrickscfg", "kaggle.json",
        "huggingface/token", "*.ovpn", "*.publishsettings", "local.settings.json", "appsettings.Production.json",
        "appsettings.Staging.json", "accessTokens.json", "wandb/settings",
    ];

    // Settings that a build may need, unless they hold a password or token.
    private static readonly string[] SignIns = [".npmrc", ".pypirc"];

    private static readonly string[] Settings =
        ["*.json", "*.y*ml", "*.toml", "*.ini", "*.cfg", "*.conf", "*.config", "*.properties", "*.txt", "*.sh", "*.ps1", .. SignIns];

    // Public keys, and files that projects commit to show the form of the real one.
    private static readonly string[] Examples = ["*.example", "*.sample", "*.template", "*.dist", "*.pub"];

    /// <summary>Why a file is left out of snapshots, by its path in the working tree or its content; null when it is not.</summary>
    public static string? Reason(string file, string path, IReadOnlyList<string> names)
    {
        string name = Path.GetFileName(file);
        if (!Examples.Any(example => Matches(example, name)) && names.FirstOrDefault(n => MatchesPath(n, path)) is { } pattern)
            return $"likely a secret (its name matches {pattern})";
        if (SmallContent(file) is not { } content) return null;
        if (HoldsPrivateKey(content)) return "holds a private key";
        if (!Settings.Any(pattern => Matches(pattern, name))) return null;
        string text = Encoding.UTF8.GetString(content);
        bool signsIn = SignIns.Contains(name, StringComparer.OrdinalIgnoreCase) && SignsIn().IsMatch(text);
        return signsIn || Secrets.HoldsKey(text) ? "holds a password or key" : null;
    }

    private static bool MatchesPath(string pattern, string path)
    {
        string[] wanted = pattern.Split('/'), parts = path.Split('/');
        return parts.Length >= wanted.Length && wanted.Zip(parts[^wanted.Length..]).All(p => Matches(p.First, p.Second));
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name);

    private static bool HoldsPrivateKey(ReadOnlySpan<byte> content)
    {
        int begin = content.IndexOf("-----BEGIN "u8);
        return begin >= 0 && content[begin..Math.Min(content.Length, begin + 80)].IndexOf("PRIVATE KEY-----"u8) >= 0;
    }

    private static byte[]? SmallContent(string file)
    {
        try
        {
            var info = new FileInfo(file);
            // Pipes and sockets have the length 0; reading one would wait for a writer.
            return info.LinkTarget is not null || !info.Exists || info.Length is 0 or > LargestKey ? null : File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A snapshot does not hold a file that cannot be read.
            return null;
        }
    }

    // A reference to a variable is no secret.
    private const string SignIn = @"(?:^|[:\s])(?:_authToken|_auth|_password|password)\s*[=:]\s*(?!\$\{|%|\s|$)";

    [GeneratedRegex(SignIn, RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SignsIn();
}
