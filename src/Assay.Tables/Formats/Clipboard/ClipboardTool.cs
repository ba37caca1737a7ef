namespace Assay.Tables;

/// <summary>The program that puts text on the clipboard of this desktop.</summary>
/// <param name="Path">The file of the program.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="TakesUtf16">Whether it takes UTF-16 with a byte order mark and not UTF-8.</param>
internal sealed record ClipboardTool(string Path, string[] Arguments, bool TakesUtf16 = false)
{
    private static readonly ClipboardTool WaylandCopy = new("wl-copy", []);
    private static readonly ClipboardTool XClip = new("xclip", ["-selection", "clipboard", "-in"]);
    private static readonly ClipboardTool XSel = new("xsel", ["--clipboard", "--input"]);
    private static readonly ClipboardTool MacCopy = new("pbcopy", []);
    private static readonly ClipboardTool WindowsClip = new("clip.exe", [], TakesUtf16: true);

    /// <summary>The first installed tool that has a desktop.</summary>
    /// <param name="fault">Why there is none, and what to do.</param>
    public static ClipboardTool? Find(out string? fault) =>
        Find(
            OperatingSystem.IsWindows() ? Desktop.Windows : OperatingSystem.IsMacOS() ? Desktop.Mac : Desktop.Unix,
            Environment.GetEnvironmentVariable, out fault);

    internal static ClipboardTool? Find(Desktop desktop, Func<string, string?> environment, out string? fault)
    {
        fault = null;
        ClipboardTool[] candidates = Candidates(desktop, environment);
        foreach (ClipboardTool candidate in candidates)
            if (Locate(candidate.Path, environment("PATH")) is { } path) return candidate with { Path = path };
        string looked = $"none of {string.Join(", ", candidates.Select(candidate => candidate.Path))} is on the PATH";
        fault = candidates.Length > 1 || desktop != Desktop.Unix
            ? $"There is no program for the clipboard: {looked}. Install one, or save to a file."
            : "There is no clipboard: neither WAYLAND_DISPLAY nor DISPLAY is set, so there is no desktop. Save to a file.";
        return null;
    }

    // On Linux under Windows the program of the host serves, with a desktop of its own or without.
    private static ClipboardTool[] Candidates(Desktop desktop, Func<string, string?> environment) => desktop switch
    {
        Desktop.Windows => [WindowsClip],
        Desktop.Mac => [MacCopy],
        _ =>
        [
            .. string.IsNullOrEmpty(environment("WAYLAND_DISPLAY")) ? [] : (ClipboardTool[])[WaylandCopy],
            .. string.IsNullOrEmpty(environment("DISPLAY")) ? [] : (ClipboardTool[])[XClip, XSel],
            WindowsClip,
        ],
    };

    private static string? Locate(string name, string? path) => (path ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    internal enum Desktop
    {
        Windows,
        Mac,
        Unix,
    }
}
