namespace Assay.Tests.Journals;

/// <summary>What a killed writer leaves: a journal that ends anywhere.</summary>
public class TornLineTests
{
    [Fact]
    public async Task A_journal_cut_anywhere_shows_every_run_that_ended_before_the_cut_and_no_damage()
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        string[] whole = [.. sample.With(sample.Bytes).Select(SampleJournal.Everything)];
        bool IsEnd(string line) => line.Contains("\"run_end\"", StringComparison.Ordinal);
        int[] ends = [.. sample.Lines.Index().Where(l => IsEnd(l.Item)).Select(l => Offset(sample, l.Index + 1) - 1)];
        Assert.Equal(3, ends.Length);

        // Every byte of the last line, and enough of the others.
        int last = Offset(sample, sample.Lines.Length - 1);
        for (int cut = 0; cut <= sample.Bytes.Length; cut += cut < last - 10 ? 9 : 1)
        {
            Results results = sample.With(sample.Bytes.AsSpan(0, cut));
            Assert.Empty(results.Damage);
            Assert.Equal(whole[..ends.Count(end => end <= cut)], results.Successful.Select(SampleJournal.Everything));
            Assert.All(results.Where(r => r.Status != RunStatus.Success), r => Assert.Equal(RunStatus.Interrupted, r.Status));
            _ = results.Select(SampleJournal.Everything).Count();
        }
    }

    [Fact]
    public async Task A_torn_last_line_costs_its_run_and_no_other()
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        int last = Offset(sample, sample.Lines.Length - 1);
        int step = Math.Max(1, (sample.Bytes.Length - last) / 12);
        for (int cut = last; cut < sample.Bytes.Length - 1; cut += step)
        {
            Results torn = sample.With(sample.Bytes.AsSpan(0, cut));
            Assert.Equal([RunStatus.Success, RunStatus.Success, RunStatus.Interrupted], torn.Select(r => r.Status));
            Results results = await SampleJournal.Experiment.RunAsync(sample.Options);
            Assert.Equal([1, 1, 2], results.Successful.Select(r => r.Attempt));
            Assert.Equal(3, results.Count);
            // The torn line stays where it is: a new session has a new journal.
            Assert.Equal(sample.Bytes.AsSpan(0, cut), File.ReadAllBytes(sample.Journal).AsSpan());
        }
    }

    // Lines count from 0; the offset of the one after the last is the end.
    private static int Offset(SampleJournal sample, int line)
    {
        int at = 0;
        for (; line > 0; line--) at += sample.Bytes.AsSpan(at).IndexOf((byte)'\n') + 1;
        return at;
    }
}
