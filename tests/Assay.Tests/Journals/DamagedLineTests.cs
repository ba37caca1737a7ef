using System.Text;

namespace Assay.Tests.Journals;

[Collection(ErrorOutput.Name)]
public class DamagedLineTests
{
    public static TheoryData<string> Damages => new()
    {
        "",
        "not json at all",
        "{\"schema_version\":1,\"run_id\":\"",
        "[1,2,3]",
        "{}",
        "{\"kind\":\"run_end\",\"value\":{\"status\":\"finished\"},\"run_id\":\"00000000000000000000000000000001\"}",
        "\0\0\0\0\0\0",
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_end_costs_its_run_alone_and_is_told_with_file_line_and_byte(string damage)
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        string[] whole = [.. sample.With(sample.Bytes).Select(SampleJournal.Everything)];
        string[] lines = sample.Lines;
        int place = End(lines, 1);
        Results results = sample.With(lines.Select((line, i) => i == place ? damage : line));

        Assert.Equal(RunStatus.Interrupted, results[1].Status);
        Assert.Equal([whole[0], whole[2]], new[] { results[0], results[2] }.Select(SampleJournal.Everything));
        if (damage.Length > 0)
        {
            JournalDamage told = Assert.Single(results.Damage);
            Assert.Equal((sample.Journal, place + 1, Bytes(lines, place)), (told.File, (int)told.Line, told.Offset));
        }

        (results, string errors) = await ErrorOutput.While(() => SampleJournal.Experiment.RunAsync(sample.Options));
        Assert.Equal([1, 2, 1], results.Successful.Select(r => r.Attempt));
        string location = $"{sample.Journal}, line {place + 1}, byte {Bytes(lines, place)}: ";
        if (damage.Length > 0) Assert.Contains(location, errors, StringComparison.Ordinal);
        Assert.Equal(3, (await SampleJournal.Experiment.RunAsync(sample.Options)).Count);
    }

    [Theory]
    [InlineData("\"attempt\":1", "\"attempt\":0", "'attempt'")]
    [InlineData("\"attempt\":1", "\"attempt\":-3", "'attempt'")]
    [InlineData("\"attempt\":1", "\"attempt\":1.5", "'attempt'")]
    [InlineData("\"metrics\":{", "\"metrics\":7,\"other\":{", "'metrics'")]
    [InlineData("\"status\"", "\"state\"", "'status'")]
    public async Task An_end_that_cannot_be_relied_on_is_damage_to_reading_and_resuming_alike(string sound, string damaged, string told)
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        string[] lines = sample.Lines;
        int place = End(lines, 1);
        Assert.Contains(sound, lines[place], StringComparison.Ordinal);
        Results results = sample.With(
            lines.Select((line, i) => i == place ? JournalText.Edited(line.Replace(sound, damaged, StringComparison.Ordinal)) : line));

        Assert.Equal([RunStatus.Success, RunStatus.Interrupted, RunStatus.Success], results.Select(r => r.Status));
        Assert.Contains(told, Assert.Single(results.Damage).Reason, StringComparison.Ordinal);
        results = await SampleJournal.Experiment.RunAsync(sample.Options);
        Assert.Equal([1, 2, 1], results.Successful.Select(r => r.Attempt));
    }

    [Fact]
    public async Task A_run_whose_start_is_damaged_keeps_its_metrics_and_runs_again_for_its_parameters()
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        string[] lines = sample.Lines;
        int place = Array.FindIndex(
            lines, l => l.Contains("\"run_start\"", StringComparison.Ordinal) && l.Contains("\"index\":1,", StringComparison.Ordinal));
        Results results = sample.With(lines.Select((line, i) => i == place ? line[..^5] : line));
        RunRecord damaged = Assert.Single(results, r => r.Params.Count == 0);
        Assert.Equal((RunStatus.Success, 1L), (damaged.Status, damaged.Metrics["n"]));

        results = await SampleJournal.Experiment.RunAsync(sample.Options);
        Assert.Equal([0L, 1L, 2L], results.Successful.Select(r => r.Params["n"]));
        Assert.Equal([1, 2, 1], results.Select(r => r.Attempt));
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(sample.Journal)!).Length);
        await SampleJournal.Experiment.RunAsync(sample.Options);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(sample.Journal)!).Length);
    }

    [Fact]
    public async Task A_damaged_first_line_loses_no_run_and_lends_none_to_another_experiment()
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        sample.With([sample.Lines[0][..50], .. sample.Lines[1..]]);
        await Experiment.Create<int>("other", (_, _) => { }).Over(Space.Values(1)).RunAsync(sample.Options);

        Assert.Equal(3, Store.Open(sample.Store).Load("sample").Count);
        Assert.Equal(3, Store.Open(sample.Store).Load("sample:1").Count);
        Assert.Equal("other", Assert.Single(Store.Open(sample.Store).Load("other")).Experiment);
        Assert.Equal(3, (await SampleJournal.Experiment.RunAsync(sample.Options)).Successful.Count);
    }

    [Fact]
    public async Task Bytes_that_change_anywhere_never_stop_a_reader_and_never_touch_another_line()
    {
        using SampleJournal sample = await SampleJournal.MakeAsync();
        string[] Everything(Results results, bool git) => [.. results.Select(run => SampleJournal.Everything(run, git))];
        string[] whole = Everything(sample.With(sample.Bytes), git: true), withoutGit = Everything(sample.With(sample.Bytes), git: false);
        int session = Bytes(sample.Lines, 1);
        (int From, int To) Place(int run) =>
            (Bytes(sample.Lines, Start(sample.Lines, run)), Bytes(sample.Lines, End(sample.Lines, run) + 1));
        (int From, int To)[] places = [.. Enumerable.Range(0, 3).Select(Place)];
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = [.. sample.Bytes];
            int at = random.Next(bytes.Length);
            for (int i = 0, count = random.Next(1, 4); i < count; i++) bytes[Math.Min(at + i, bytes.Length - 1)] = (byte)random.Next(256);
            try
            {
                Results results = sample.With(bytes);
                // On what the code was made stands in the line of the session alone.
                bool git = at >= session;
                string[] now = Everything(results, git);
                for (int n = 0; n < 3; n++)
                {
                    // The bytes may be anywhere but in the lines of this run.
                    if (at + 3 < places[n].From || at >= places[n].To) Assert.Contains((git ? whole : withoutGit)[n], now);
                }

                _ = (results.ToTable(), results.Rows, results.Damage);
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, byte {at}: {fault}\n{Encoding.UTF8.GetString(bytes)}");
            }
        }
    }

    private static int Start(string[] lines, int run) => Array.FindIndex(lines, l =>
        l.Contains("\"run_start\"", StringComparison.Ordinal) && l.Contains($"\"index\":{run},", StringComparison.Ordinal));

    private static int End(string[] lines, int run)
    {
        int start = Start(lines, run);
        return Array.FindIndex(lines, start, l => l.Contains("\"run_end\"", StringComparison.Ordinal));
    }

    private static int Bytes(string[] lines, int before) => lines[..before].Sum(l => Encoding.UTF8.GetByteCount(l) + 1);
}
