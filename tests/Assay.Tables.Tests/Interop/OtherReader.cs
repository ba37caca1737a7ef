using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay.Tables.Tests.Interop;

/// <summary>Runs <c>tests/interop/table.mjs</c>, which reads and writes tables with libraries that are not ours.</summary>
internal static class OtherReader
{
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder(), "node_modules"));

    public static JsonElement Read(string engine, TableFormat format, string path)
    {
        using var document = JsonDocument.Parse(Start("table.mjs", "read", engine, format.Name(), path));
        return document.RootElement.Clone();
    }

    public static void Write(string engine, TableFormat format, string path) => Start("table.mjs", "write", engine, format.Name(), path);

    /// <summary>Runs a script of the folder and returns the JSON it prints.</summary>
    public static JsonElement Run(string script, params string[] arguments)
    {
        using var document = JsonDocument.Parse(Start(script, arguments));
        return document.RootElement.Clone();
    }

    /// <summary>Runs a script of the folder to its end and returns what it prints.</summary>
    public static string Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder(), script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Join(' ', arguments) + "\n" + errors.Result);
        return output;
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "interop"));
}
