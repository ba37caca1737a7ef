using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay.Tables.Tests.Interop;

/// <summary>Runs <c>tests/interop/table.mjs</c>, which reads and writes tables with libraries that are not ours.</summary>
internal static class OtherReader
{
    /// <summary>Whether every package that <c>package.json</c> names is there.</summary>
    public static bool IsInstalled
    {
        get
        {
            using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "package.json")));
            return package.RootElement.GetProperty("dependencies").EnumerateObject()
                .All(entry => Directory.Exists(Path.Combine(Folder(), "node_modules", entry.Name)));
        }
    }

    /// <param name="engine">The library.</param>
    /// <param name="format">The format.</param>
    /// <param name="path">The file.</param>
    /// <param name="every">Which rows' values are wanted, the first and every so many.</param>
    public static JsonElement Read(string engine, TableFormat format, string path, int every = 1)
    {
        using var document = JsonDocument.Parse(Start("table.mjs", "read", engine, format.Name(), path, Text(every)));
        return document.RootElement.Clone();
    }

    public static void Write(string engine, TableFormat format, string path, int rows = 1000) =>
        Start("table.mjs", "write", engine, format.Name(), path, Text(rows));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs a script of the folder and returns the JSON it prints.</summary>
    public static JsonElement Run(string script, params string[] arguments)
    {
        using var document = JsonDocument.Parse(Start(script, arguments));
        return document.RootElement.Clone();
    }

    /// <summary>Runs a script of the folder to its end and returns what it prints.</summary>
    public static string Start(string script, params string[] arguments)
    {
        string[] all = [Path.Combine(Folder(), script), .. arguments];
        var start = new ProcessStartInfo("node", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Join(' ', arguments) + "\n" + errors.Result);
        return output;
    }

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "interop"));
}
