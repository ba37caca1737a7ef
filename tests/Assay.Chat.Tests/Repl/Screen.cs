namespace Assay.Chat.Tests;

/// <summary>A program in a pseudo-terminal, driven as a person would: keys go in, and what stands on the screen is read.</summary>
internal sealed class Screen : IDisposable
{
    private static readonly Dictionary<string, string?> NoEnvironment = new() { ["TMUX"] = null };
    private static int _count;

    private readonly TempFolder _folder = new();
    private readonly string _server = $"assay-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    /// <summary>Starts the test program <c>repl</c> with numbers to double; one below zero is never answered.</summary>
    public Screen(string numbers, int columns = 80, int rows = 24)
    {
        string command = $"'{TestProgram.Path}' repl '{_folder.File("store")}' {numbers}; echo left with $?; read wait";
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", command);
    }

    public string Text => Tmux("capture-pane", "-p").TrimEnd();

    public string LastLine => Text.Split('\n')[^1];

    /// <summary>Types text.</summary>
    public void Type(string text) => Tmux("send-keys", "-l", text);

    /// <summary>Types a line and Enter.</summary>
    public void Enter(string line)
    {
        Type(line);
        Press("Enter");
    }

    /// <summary>Presses keys by their names, as in <c>C-c</c>.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until the screen is as expected.</summary>
    public void Until(Func<string, bool> isThere, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!isThere(Text))
        {
            // Each look at the screen is a process of its own, which is pause enough.
            if (TimeProvider.System.GetElapsedTime(start) > TestProgram.Patience)
                throw new TimeoutException($"the screen never has {what}; it has\n{Text}");
        }
    }

    public void Until(string text) => Until(screen => screen.Contains(text, StringComparison.Ordinal), $"'{text}'");

    public void UntilLastLine(string text) => Until(screen => screen.Split('\n')[^1] == text, $"'{text}' in the last line");

    public void Dispose()
    {
        Tmux("kill-server");
        _folder.Dispose();
    }

    private string Tmux(params string[] arguments)
    {
        (int code, string output, string error) = RealProcess.Run(_folder.Path, NoEnvironment, "tmux", ["-L", _server, .. arguments]);
        return code == 0 ? output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {error}");
    }
}
