using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Assay.Cli.Tests.Code;

[UnsupportedOSPlatform("windows")]
public sealed class StoppedReplayTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_replay_that_is_stopped_takes_its_program_with_it(string signal)
    {
        using var store = new CodeStore();
        store.Record();
        string pipe = store.Repository.Beside("pipe");
        Process.Start("mkfifo", pipe).WaitForExit();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll"), "replay", "latest", "--yes", "--store", store.Path, "--", "sh",
                "-c", $"echo $$ > '{pipe}'; exec sleep 1000",
            ])
        {
            WorkingDirectory = store.Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process tool = Process.Start(start)!;
        // Reading waits until the program has started.
        using Process program = Process.GetProcessById(int.Parse(File.ReadAllText(pipe), CultureInfo.InvariantCulture));
        Process.Start("kill", [$"-{signal}", tool.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(program.WaitForExit(RealProcess.Patience));
        string output = tool.StandardOutput.ReadToEnd(), error = tool.StandardError.ReadToEnd();
        Assert.True(tool.WaitForExit(RealProcess.Patience));
        Assert.Equal(
            (2, "", "assay: the replay was stopped before its program had ended, so there is no answer. Start it again.\n"),
            (tool.ExitCode, output, error));
    }
}
