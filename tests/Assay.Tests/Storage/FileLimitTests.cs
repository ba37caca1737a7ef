using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Tests.Storage;

/// <summary>
/// A limit on the length of files (<c>ulimit -f</c>): what a quota or a small file system does to a long sweep, without the right to mount.
/// </summary>
public partial class FileLimitTests
{
    private const int Runs = 100;

    [Fact]
    public void A_journal_that_may_not_grow_is_told_keeps_what_it_holds_and_goes_on_in_another_process()
    {
        using var folder = new TempFolder();
        string store = folder.File("store");
        (int exitCode, string output) = Limited(folder.Path, store, blocks: 1000);
        Assert.True(exitCode == 3, output);
        Assert.Contains($"cannot write '{Path.Combine(store, "runs")}", output, StringComparison.Ordinal);
        Assert.Contains("run again to do the rest", output, StringComparison.Ordinal);
        int kept = Store.Open(store).LoadAll().Successful.Count;
        Assert.InRange(kept, 1, Runs - 1);
        Assert.Equal((byte)'\n', File.ReadAllBytes(JournalText.Only(store))[^1]);

        // Every session has a journal of its own, so the same limit does for the rest.
        for (int sessions = 1; exitCode == 3 && sessions < Runs; sessions++) (exitCode, output) = Limited(folder.Path, store, blocks: 1000);
        Assert.Equal((0, Runs), (exitCode, int.Parse(Done().Match(output).Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(Runs, JournalText.Lines(store).Count(l => l.Kind() == "run_end"));
    }

    // The signal is ignored, so that the write itself fails. The runtime's own large mapping would not pass the limit.
    private static (int ExitCode, string Output) Limited(string folder, string store, int blocks)
    {
        string command = string.Create(
            CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {blocks}; exec '{TestProgram.Path}' big '{store}' {Runs}");
        (int exitCode, string output, string error) = Testing.RealProcess.Run(
            folder, new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" }, "sh", "-c", command);
        return (exitCode, output + error);
    }

    [GeneratedRegex(@"done (\d+)")]
    private static partial Regex Done();
}
