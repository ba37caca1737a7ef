using System.Diagnostics;

namespace Assay.Tables;

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
