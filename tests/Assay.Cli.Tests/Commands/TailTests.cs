using System.Diagnostics;

namespace Assay.Cli.Tests.Commands;

public sealed class TailTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    private LiveStore Live() => new(Store.Open(_store.Path), TimeProvider.System, _ => true);

    [Fact]
    public void What_is_appended_is_told_once_and_a_torn_line_when_it_is_whole()
    {
        JournalFixture journal = _store.Journal("a").Session();
        LiveStore live = Live();
        Assert.Empty(live.Look().Kept);
        using FileLease writer = FileLease.TryTake(
            new StoreLayout(_store.Path).Lock("a"), TimeProvider.System, removeOnRelease: true, out _)!;
        journal.Begin(1).Line(1, "log", """{"level":"information","message":"epoch 1"}""");
        Assert.Equal(["run_start", "log"], live.Look().Kept.Select(e => e.Kind));
        Assert.True(live.IsOpen(StoreFixture.Id(1)));
        string line = File.ReadAllLines(journal.Path)[^1].Replace("epoch 1", "epoch 2", StringComparison.Ordinal);
        journal.Raw(line[..40]);
        Assert.Empty(live.Look().Kept);
        journal.Raw(line[40..] + "\n");
        LiveEvent told = Assert.Single(live.Look().Kept);
        Assert.Equal(("information: epoch 2", 4L), (told.Text, told.Line));
        journal.Raw("ruin\n").End(1);
        Assert.Equal("success", Assert.Single(live.Look().Kept).Status);
        Assert.False(live.IsOpen(StoreFixture.Id(1)));
    }

    [Fact]
    public void A_run_whose_writer_is_gone_is_told_to_be_interrupted()
    {
        JournalFixture journal = _store.Journal("a").Session();
        LiveStore live = Live();
        using (FileLease.TryTake(new StoreLayout(_store.Path).Lock("a"), TimeProvider.System, removeOnRelease: true, out _)!)
        {
            journal.Begin(1);
            Assert.Equal(2, Assert.Single(live.Look().Kept, e => e.Kind == "run_start").Line);
        }

        Assert.Equal("interrupted", Assert.Single(live.Look().Kept).Status);
        Assert.Empty(live.Look().Kept);
    }

    [Fact]
    public void Of_a_long_past_only_the_last_events_are_kept_and_all_are_counted()
    {
        JournalFixture journal = _store.Journal("a").Session();
        for (int i = 0; i < 50; i++) journal.Begin(i).End(i);
        LiveEvents events = Live().Look(most: 3);
        Assert.Equal((100L, 3), (events.Total, events.Kept.Count));
        Assert.Equal([StoreFixture.Id(48), StoreFixture.Id(49), StoreFixture.Id(49)], events.Kept.Select(e => e.RunId));
    }

    [Fact]
    public async Task Following_a_run_ends_with_it_and_an_interrupt_ends_following_everything()
    {
        JournalFixture journal = _store.Journal("a").Session();
        using FileLease writer = FileLease.TryTake(
            new StoreLayout(_store.Path).Lock("a"), TimeProvider.System, removeOnRelease: true, out _)!;
        journal.Begin(1);
        using Process one = Start(StoreFixture.Id(1)), all = Start("--json");
        Assert.Contains("running", await one.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"run_start\"", await all.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        journal.End(1);
        Assert.Contains("success", await one.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"run_end\"", await all.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        await one.WaitForExitAsync();
        if (OperatingSystem.IsWindows())
        {
            all.Kill();
            return;
        }

        using (Process kill = Process.Start(
            "kill", ["-INT", all.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await all.WaitForExitAsync();
        Assert.Equal((0, 0), (one.ExitCode, all.ExitCode));
    }

    private Process Start(string argument) =>
        Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(
                    AppContext.BaseDirectory,
                    "Assay.Cli.dll"), "tail", argument, "--store", _store.Path])
            { RedirectStandardOutput = true })!;
}
