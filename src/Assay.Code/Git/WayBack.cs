namespace Assay;

/// <summary>Tells which files git may write otherwise than it keeps them. It may name too many, which are then written and looked at, but none too few.</summary>
internal sealed class WayBack
{
    private static readonly string[] Attributes = ["text", "crlf", "eol", "filter", "ident", "working-tree-encoding"];

    private readonly GitProgram _git;
    private readonly Dictionary<string, string> _settings = [];

    /// <param name="git">The repository.</param>
    /// <exception cref="GitException">Its settings cannot be read.</exception>
    public WayBack(GitProgram git)
    {
        _git = git;
        GitAnswer answer = git.Run(null, "config", "-z", "--get-regexp", @"^core\.(autocrlf|eol|filemode)$");
        // It ends with 1 where nothing is set.
        if (answer.ExitCode > 1) answer.Expected();
        foreach (string setting in answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // The last one counts; one without a value is true.
            string[] parts = setting.Split('\n', 2);
            _settings[parts[0]] = parts.Length == 2 ? parts[1].ToUpperInvariant() : "TRUE";
        }
    }

    /// <summary>Whether git heeds which files are programs.</summary>
    public bool KeepsModes => !IsOff("core.filemode");

    /// <exception cref="GitException">Their attributes cannot be read.</exception>
    public IReadOnlySet<string> Converting(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) return new HashSet<string>();
        return GitFiles.Attributes(_git, paths, Attributes).Where(f => MayConvert(f.Values)).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
    }

    // In the order they were asked for. What was once called crlf is text.
    private bool MayConvert(string[] values) =>
        values is not [_, _, _, "unspecified" or "unset", "unspecified" or "unset", "unspecified" or "unset"] || MayWriteCrlf(values[0] == "unspecified" ? values[1] : values[0], values[2]);

    private bool MayWriteCrlf(string text, string eol) => (text, eol) switch
    {
        ("unset" or "input", _) or (_, "lf") => false,
        (_, "crlf") => true,
        _ => IsCrlf,
    };

    private bool IsCrlf => (_settings.GetValueOrDefault("core.autocrlf", "INPUT") != "INPUT" && !IsOff("core.autocrlf")) ||
        _settings.GetValueOrDefault("core.eol", "NATIVE") is var eol && (eol == "CRLF" || (eol == "NATIVE" && OperatingSystem.IsWindows()));

    private bool IsOff(string name) => _settings.GetValueOrDefault(name) is "FALSE" or "NO" or "OFF" or "0" or "";
}
