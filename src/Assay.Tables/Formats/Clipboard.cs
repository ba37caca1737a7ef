using System.Diagnostics;

namespace Assay.Tables;

/// <summary>A program that puts text on the clipboard of a desktop: in UTF-8, or in UTF-16 with a byte order mark.</summary>
internal sealed record ClipboardTool(string Path, string[] Arguments, bool TakesUtf16 = false)
{
    /// <summary>The first installed tool that has a desktop, or why there is none, and what to do.</summary>
    public static ClipboardTool? Find(out string? fault) => Find(
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
    private static ClipboardTool[] Candidates(Desktop desktop, Func<string, string?> environment)
    {
        if (desktop == Desktop.Mac) return [new("pbcopy", [])];
        bool Has(string variable) => desktop == Desktop.Unix && !string.IsNullOrEmpty(environment(variable));
        ClipboardTool[] wayland = Has("WAYLAND_DISPLAY") ? [new("wl-copy", [])] : [];
        ClipboardTool[] x =
            Has("DISPLAY") ? [new("xclip", ["-selection", "clipboard", "-in"]), new("xsel", ["--clipboard", "--input"])] : [];
        return [.. wayland, .. x, new("clip.exe", [], TakesUtf16: true)];
    }

    private static string? Locate(string name, string? path) => (path ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    internal enum Desktop { Windows, Mac, Unix }
}

/// <summary>Hands a table to the program that keeps the clipboard.</summary>
internal static class ClipboardCopy
{
    public static void Copy(Table table, ClipboardTool tool, TimeSpan longest)
    {
        // Some of the programs leave a process behind that serves the clipboard and keeps the streams it inherits. Without redirection
        // these are the streams of this program, and a reader of its output waits forever for their end.
        var start = new ProcessStartInfo(tool.Path, tool.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            string problem = $"'{tool.Path}' cannot be started for the clipboard ({fault.Message})";
            throw new TableException($"{problem}; save to a file instead.", fault);
        }

        using (process)
        {
            Task<IOException?> sending = Task.Run(() => Send(table, process.StandardInput.BaseStream, tool.TakesUtf16));
            if (!process.WaitForExit(longest))
            {
                process.Kill(entireProcessTree: true);
                throw new TableException(
                    $"'{tool.Path}' did not take the table within {longest.TotalSeconds} s and was ended; save to a file instead.");
            }

            IOException? broken = sending.GetAwaiter().GetResult();
            if (process.ExitCode != 0 || broken is not null)
            {
                string problem = $"exit code {process.ExitCode}, {Complaint(process)}";
                throw new TableException($"'{tool.Path}' did not take the table: {problem}. Save to a file instead.", broken);
            }
        }
    }

    private static IOException? Send(Table table, Stream input, bool asUtf16)
    {
        try
        {
            using (input)
            {
                if (!asUtf16)
                {
                    new DelimitedWriter('\t').Write(table, input);
                    return null;
                }

                input.Write(Encoding.Unicode.Preamble);
                using Stream transcoder = Encoding.CreateTranscodingStream(input, Encoding.Unicode, Encoding.UTF8);
                new DelimitedWriter('\t').Write(table, transcoder);
                return null;
            }
        }
        catch (IOException fault)
        {
            // The program ended before it had everything; its own words say why.
            return fault;
        }
    }

    private static string Complaint(Process process)
    {
        string text = process.ExitCode == 0 ? "" : process.StandardError.ReadToEnd().Trim();
        return text.Length == 0 ? "without a message" : $"'{text}'";
    }
}
