using System.Text;

namespace Assay.StoreTests;

/// <summary>Answers of models in a store.</summary>
[Trait("Category", "Quick")]
public class AnswerJournalTests
{
    [Fact]
    public void An_answer_is_found_in_the_same_and_in_the_next_session()
    {
        using var folder = new TempFolder();
        using (AnswerJournal journal = Open(folder))
        {
            Assert.Null(journal.Find(1));
            journal.Append(Answer(1, """{"text":"é"}"""), "e", 7);
            Assert.Equal("""{"text":"é"}""", Text(journal.Find(1)));
        }

        using AnswerJournal next = Open(folder);
        Assert.Equal("""{"text":"é"}""", Text(next.Find(1)));
        Assert.Empty(next.Damage);
        Assert.Equal(new ModelUsage(new TokenUsage(10, 5, 2), 1), next.PaidBy("e")["m"]);
        Assert.Empty(next.PaidBy("other"));
    }

    [Fact]
    public void The_last_line_of_a_key_counts_and_all_that_was_paid_for()
    {
        using var folder = new TempFolder();
        using AnswerJournal journal = Open(folder);
        journal.Append(Answer(1, """{"n":1}"""), "e", 7);
        journal.Append(new AnswerLine(1, "") { IsForgotten = true }, "e", 7);
        Assert.Null(journal.Find(1));
        journal.Append(Answer(1, """{"n":2}"""), "e", 7);
        journal.Append(Answer(2, null), "e", 7);
        Assert.Equal("""{"n":2}""", Text(journal.Find(1)));
        Assert.Null(journal.Find(2));
        using AnswerJournal next = Open(folder);
        Assert.Equal("""{"n":2}""", Text(next.Find(1)));
        Assert.Equal(3, next.PaidBy("e")["m"].Calls);
    }

    [Fact]
    public void Answers_of_another_writer_are_seen_when_a_key_is_missing()
    {
        using var folder = new TempFolder();
        var clock = new StandingClock();
        using var reader = new AnswerJournal(StoreLocation.Open(folder.File("store")), clock);
        Assert.Null(reader.Find(1));
        using AnswerJournal writer = Open(folder);
        writer.Append(Answer(1, """{"n":1}"""), "e", 7);
        Assert.Null(reader.Find(1));
        clock.Elapsed += TimeSpan.FromSeconds(1);
        Assert.Equal("""{"n":1}""", Text(reader.Find(1)));
        writer.Append(Answer(2, """{"n":2}"""), "e", 7);
        clock.Elapsed += TimeSpan.FromSeconds(1);
        Assert.Equal("""{"n":2}""", Text(reader.Find(2)));
    }

    [Fact]
    public void The_torn_line_of_a_killed_writer_is_passed_over_and_a_damaged_one_is_told()
    {
        using var folder = new TempFolder();
        using (AnswerJournal journal = Open(folder))
            for (uint key = 1; key <= 3; key++) journal.Append(Answer(key, """{"text":"answer"}"""), "e", 7);
        string file = Directory.GetFiles(folder.File("store", "answers"))[0];
        byte[] lines = File.ReadAllBytes(file);
        int second = Array.IndexOf(lines, (byte)'\n') + 1;
        lines[second + 200] ^= 1;
        File.WriteAllBytes(file, lines[..^5]);
        using AnswerJournal next = Open(folder);
        Assert.Equal([true, false, false], new UInt128[] { 1, 2, 3 }.Select(key => next.Find(key) is not null));
        Assert.Single(next.Damage);
        IReadOnlyList<Finding> findings = StoreCheck.Run(StoreLocation.Open(folder.File("store"))).Findings;
        Assert.Equal([FindingKind.DamagedLine, FindingKind.TornLine], findings.Select(finding => finding.Kind));
    }

    private static AnswerJournal Open(TempFolder folder)
    {
        StorageBackend storage = StoreLocation.Open(folder.File("store"));
        StoreDescription.Ensure(storage, TimeProvider.System);
        return new AnswerJournal(storage, TimeProvider.System);
    }

    private static AnswerLine Answer(UInt128 key, string? response) => new(key, "m")
    {
        Usage = new TokenUsage(10, 5, 2),
        Response = response is null ? default : Encoding.UTF8.GetBytes(response),
    };

    private static string? Text(byte[]? json) => json is null ? null : Encoding.UTF8.GetString(json);

    private sealed class StandingClock : TimeProvider
    {
        public TimeSpan Elapsed { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
