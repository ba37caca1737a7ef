using System.Diagnostics;

namespace Assay.Testing;

/// <summary>An X server without a screen, on a display of its own, for tests of the clipboard.</summary>
public sealed class XDesktop : IDisposable
{
    private readonly Process _server;

    public XDesktop()
    {
        // The server picks a free display and writes its number to the descriptor.
        var start = new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "64x64x16"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        Display = ":" + _server.StandardOutput.ReadLine();
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
    }

    public string Display { get; }

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => ((string[])["Xvfb", "xclip", "xsel"]).All(RealProcess.IsInstalled) ? null
        : "Needs an X server and the programs of its clipboard: apt-get install xvfb xclip xsel.";

    /// <summary>
    /// The content of the clipboard. Programs such as xsel take it over only after they have returned, and nothing reports when; so it is
    /// read until it is as expected, or something hangs.
    /// </summary>
    public string Paste(string expected)
    {
        long start = Stopwatch.GetTimestamp();
        string text;
        do text = Paste();
        while (text != expected && Stopwatch.GetElapsedTime(start) < RealProcess.Patience);
        return text;
    }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private string Paste()
    {
        var start = new ProcessStartInfo("xclip", ["-selection", "clipboard", "-out"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DISPLAY"] = Display },
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}
