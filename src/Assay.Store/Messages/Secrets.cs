using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Messages;

/// <summary>
/// Masks passwords and keys in command lines, addresses and messages, which records keep and others read. A secret is recognised by its
/// name (<c>--password=…</c>, <c>Pwd=…;</c>, <c>?sig=…</c>) or by its own form (<c>ghp_…</c>, <c>AKIA…</c>, a password in a URL). The
/// environment variable <c>ASSAY_SECRETS</c> holds a regular expression for more: what it matches is masked. Thread-safe.
/// </summary>
public static partial class Secrets
{
    /// <summary>The environment variable with a regular expression of the user's own.</summary>
    public const string Variable = "ASSAY_SECRETS";

    private const string Mask = "***";

    // The user's own expression, and the text it was made from.
    private static (string Text, Regex Expression)? _own;

    /// <summary>The arguments of a command line, with the values of options that are named like secrets masked.</summary>
    /// <exception cref="AssayException">The user's own expression is not valid.</exception>
    public static IEnumerable<string> Masked(IReadOnlyList<string> arguments)
    {
        bool next = false, hasUser = arguments.Any(a => UserOption().IsMatch(a));
        foreach (string argument in arguments)
        {
            bool isValue = next && !argument.StartsWith("--", StringComparison.Ordinal);
            yield return isValue && !IsHarmless(argument) ? Mask : Masked(argument);
            next = argument is "-p" ? hasUser : SecretOption().Match(argument) is { Success: true } option && IsSecretName(option.Value);
        }
    }

    /// <summary>A text with every secret in it masked.</summary>
    /// <inheritdoc cref="Masked(IReadOnlyList{string})"/>
    public static string Masked(string text)
    {
        string masked = Address().Replace(text, m => m.Groups["open"].Value + Mask + "@");
        masked = ShortAddress().Replace(masked, m => m.Groups["open"].Value + Mask);
        masked = Header().Replace(masked, m => m.Groups["open"].Value + Mask);
        masked = Query().Replace(masked, m => m.Groups["open"].Value + Mask);
        masked = MaskedValues(masked);
        masked = Token().Replace(masked, Mask);
        return Own() is { } own ? own.Replace(masked, Mask) : masked;
    }

    // The value of a name that is no secret's is searched too: --env=TOKEN=…
    private static string MaskedValues(string text)
    {
        var masked = new StringBuilder();
        int done = 0;
        for (Match match = Assignment().Match(text); match.Success; match = Assignment().Match(text, done))
        {
            Group open = match.Groups["open"], value = match.Groups["value"];
            bool isSecret = IsSecretName(match.Groups["name"].Value) && !IsHarmless(value.Value);
            masked.Append(text, done, open.Index + open.Length - done).Append(isSecret ? Mask : "");
            done = isSecret ? value.Index + value.Length : open.Index + open.Length;
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Whether a text holds a key in the form its issuer gave it.</summary>
    public static bool HoldsKey(string text) => Token().IsMatch(text);

    /// <summary>Whether a named value is likely a secret: by the last words of its name, or by the form of the value.</summary>
    /// <param name="name">The name, such as <c>api_key</c>; of a nested value with dots.</param>
    /// <param name="value">The value. Switches, file names and variables (<c>$TOKEN</c>) are no secrets.</param>
    public static bool IsLikely(string name, string value) => (IsSecretName(name) && !IsHarmless(value)) || HoldsKey(value);

    private static Regex? Own()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text) return null;
        if (_own is { } own && own.Text == text) return own.Expression;
        try
        {
            // Linear in the length of what is searched, whatever the expression is.
            var expression = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            _own = (text, expression);
            return expression;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new AssayException(
                $"{Variable} is '{text}', which is no regular expression that can be used here: {ExceptionText.Clause(fault)}; "
                    + @"expected one without look-around and back-references, such as 'corp-[0-9a-f]{16}'.", fault);
        }
    }

    // By the last words of a name: db_password and accessToken, not token_count.
    private static bool IsSecretName(string name)
    {
        string[] words = [.. NameWord().Matches(name).Select(m => m.Value.ToLowerInvariant())];
        if (words.Length > 1 && words[^1] is "base" or "value" or "text" or "1" or "2") words = words[..^1];
        if (words.Length == 0) return false;
        string last = words[^1], before = words.Length > 1 ? words[^2] : "";
        return last switch
        {
            "password" or "passwd" or "passphrase" or "passcode" or "pass" or "pwd" or "secret" or "secrets" or "apikey" or "credential"
                or "credentials" or "jwt" or "authtoken" or "accesskey" or "secretkey" or "privatekey" or "accountkey" or "pat" => true,
            // Tokens of language models are not those of sign-ins.
            "token" => before is not ("pad" or "eos" or "bos" or "unk" or "mask" or "sep" or "cls" or "stop" or "image" or "end" or "next"
                or "per" or "max" or "min" or "special" or "prompt" or "separator"),
            "auth" or "authorization" => true,
            "key" => before is "api" or "access" or "private" or "secret" or "account" or "signing" or "encryption" or "master"
                or "subscription" or "shared" or "storage" or "deploy",
            _ => false,
        };
    }

    private static bool IsHarmless(string value) => HarmlessValue().IsMatch(value);

    // A password may hold any character up to the last @ of the address; digits and a slash behind a colon are a port. A user alone is a
    // name, unless it is long enough for a key.
    [GeneratedRegex(
        """(?<open>\b[a-z][a-z0-9+.-]*://)(?:[^\s/:@"'<>?#]*:(?!\d{1,5}[/?#])[^\s"'<>]*|(?=[^\s/:@]*\d)[^\s/:@"'<>?#]{20,})@(?=[^\s@])""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // user:password@host:path, as scp and git take it.
    [GeneratedRegex("""^(?<open>[^\s/:@=]+:)[^\s@/\\]+(?=@[\w.-]+:)""")]
    private static partial Regex ShortAddress();

    [GeneratedRegex(
        """
        (?<open>(?:\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token|digest|apikey|negotiate)\s+)?)|\bbearer\s+)
        [^\s"',;]{6,}
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Header();

    // Names that mean a secret in the query of an address only.
    [GeneratedRegex(
        """(?<open>[?&](?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|key|code|auth|token)=)[^\s&#"'<>]+""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(
        """(?<open>(?<name>[A-Za-z][\w.-]*)["']?\s*(?:=|:)\s*)(?<value>"[^"]*"|'[^']*'|[^\s;&,"'}]+)""")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?:--?|/)[A-Za-z][\w.-]*$")]
    private static partial Regex SecretOption();

    [GeneratedRegex("^(?:-u|-U|--?user(?:-?name)?|--login)(?:=|$)", RegexOptions.IgnoreCase)]
    private static partial Regex UserOption();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex NameWord();

    // Nothing, a switch, a kind of sign-in, a reference to a variable, a special token of a model, or a file that holds the secret.
    [GeneratedRegex(
        """
        ^(?:["']?\s*["']?|true|false|yes|no|on|off|null|none|auto|default|required|optional|prompt|stdin|\d{1,2}
        | basic|bearer|digest|ntlm|kerberos|oauth2?|oidc|saml|ldap|anonymous
        | \$\{?\w+\}?|%\w+%|\$\(.*|\{.*\}|<.*>|\[.*\]|\*+
        | @?[./~]\S*/\S*|\S+\.(?:json|txt|ya?ml|pem|env))$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex HarmlessValue();

    // The forms of keys that their issuers made recognisable.
    [GeneratedRegex(
        """
        \b(?:
          A(?:KIA|SIA)[0-9A-Z]{16}                                 # Amazon
        | sk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{16,}                 # OpenAI, Anthropic
        | (?:sk|rk|pk|whsec)_(?:live_|test_)?[0-9A-Za-z]{16,}      # Stripe
        | gh[pousr]_[0-9A-Za-z]{16,} | github_pat_\w{16,} | glpat-[\w-]{16,}
        | xox[abeoprs]-[\w-]{10,} | xapp-[\w-]{10,}                # Slack
        | AIza[\w-]{30,} | ya29\.[\w-]{16,}                        # Google
        | (?:hf|npm|gsk|r8)_[0-9A-Za-z]{20,} | (?:xai|nvapi|pplx)-[\w-]{20,} | pypi-[\w-]{16,} | dckr_pat_[\w-]{16,}
        | (?:dop_v1|shpat|lin_api)_\w{16,} | NRAK-[0-9A-Z]{16,} | SG\.[\w-]{16,}\.[\w-]{16,}
        | \d{8,10}:[A-Za-z][\w-]{33,35}                            # Telegram
        | eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                          # JSON web tokens
        )
        | (?<=\bhooks\.slack\.com/(?:services|workflows)/)\S+ | (?<=\bdiscord(?:app)?\.com/api/webhooks/)\S+
        | (?<=\.webhook\.office\.com/)\S+ | AGE-SECRET-KEY-1[0-9A-Z]+
        | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----(?:[^-]|-(?!----))*(?:-----END\ [A-Z ]*PRIVATE\ KEY-----)?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
