using System.Diagnostics;

namespace Assay.Cli.Tests.Importing;

/// <summary>The tool as a process that is killed while it imports.</summary>
internal static class ImportProcess
{
    /// <summary>Kills it as soon as the store has so many journals; it may have come to its end before.</summary>
    public static void KillAfter(string store, int journals, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll"),
                .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        string runs = Path.Combine(store, "runs");
        while (
            !process.HasExited && !(
                Directory.Exists(runs) && Directory.EnumerateFiles(runs, "*.jsonl").Take(journals).Count() == journals)) Thread.Yield();
        process.Kill();
        process.WaitForExit();
        Task.WaitAll(output, errors);
    }
}
