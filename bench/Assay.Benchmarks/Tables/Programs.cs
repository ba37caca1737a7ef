using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Benchmarks;

/// <summary>Other programs that are measured: the tool as a native program, and a managed one that does nothing.</summary>
internal static class Programs
{
    /// <returns>The programs of the tool and of nothing.</returns>
    public static (string Tool, string Nothing) Build(string folder)
    {
        string tool = Path.Combine(folder, "tool"), nothing = Path.Combine(folder, "nothing");
        Output(
            "dotnet", "publish", Path.Combine(Root(), "src", "Assay.Cli"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "-o", tool, "--nologo", "-v", "quiet");
        Directory.CreateDirectory(nothing);
        File.WriteAllText(Path.Combine(nothing, "Program.cs"), "return 0;");
        const string Properties = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>";
        File.WriteAllText(
            Path.Combine(nothing, "Nothing.csproj"),
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>{Properties}</PropertyGroup></Project>""");
        Output("dotnet", "build", nothing, "-c", "Release", "-o", Path.Combine(nothing, "out"), "--nologo", "-v", "quiet");
        return (Path.Combine(tool, "Assay.Cli"), Path.Combine(nothing, "out", "Nothing"));
    }

    public static string Output(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
    }

    private static string Root([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", ".."));
}
