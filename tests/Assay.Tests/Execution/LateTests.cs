namespace Assay.Tests.Execution;

/// <summary>An operation that was left behind after its time ends when everything it could talk to is gone.</summary>
public class LateTests
{
    [Theory]
    [InlineData("cancelled", "OperationCanceledException")]
    [InlineData("metric", "CaptureException")]
    [InlineData("fails", "InvalidOperationException")]
    public void A_run_that_ends_after_the_experiment_has_returned_harms_nobody(string what, string met)
    {
        using var folder = new TempFolder();
        (int exitCode, string output, string errors) = TestProgram.Run(folder.Path, "late", folder.File("store"), what);
        Assert.True(exitCode == 0, errors);
        Assert.Equal($"returned Failed timeout\nalive, met {met}\n", output);
        Assert.Single(JournalText.Lines(folder.File("store")), l => l.Kind() == "run_end");
    }
}
