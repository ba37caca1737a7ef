using System.Text;

namespace Assay.Tests.Journals;

[Trait("Category", "Quick")]
public class JournalWriterTests
{
    [Theory]
    [InlineData(Durability.Second)]
    [InlineData(Durability.Immediate)]
    public void What_is_reported_as_kept_stands_in_the_file_at_that_moment(Durability durability)
    {
        using var folder = new TempFolder();
        string path = folder.File("journal.jsonl");
        var missing = new List<string>();
        int reported = 0;
        using (var writer = new JournalWriter(() => FileJournal.Create(path), durability, kept =>
               {
                   string text = ReadShared(path);
                   missing.AddRange(kept.Cast<string>().Where(line => !text.Contains(line, StringComparison.Ordinal)));
                   reported += kept.Count;
               }))
        {
            Parallel.For(0, 4, thread =>
            {
                for (int i = 0; i < 100; i++) Append(writer, $"line {thread}/{i}\n");
            });
        }

        Assert.Empty(missing);
        Assert.Equal(400, reported);
        Assert.Equal(400, File.ReadAllLines(path).Distinct().Count());
    }

    [Fact]
    public void A_writer_that_got_no_line_makes_no_file()
    {
        using var folder = new TempFolder();
        string path = folder.File("journal.jsonl");
        new JournalWriter(() => FileJournal.Create(path), Durability.Second, _ => { }).Dispose();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Lines_that_cannot_be_written_are_never_reported_and_every_later_call_says_why()
    {
        using var folder = new TempFolder();
        int reported = 0;
        using var writer = new JournalWriter(
            () => throw new StoreException("no room"), Durability.Second, kept => Interlocked.Add(ref reported, kept.Count));
        Append(writer, "first\n");
        Assert.Equal("no room", Assert.Throws<StoreException>(writer.Flush).Message);
        Assert.Equal("no room", Assert.Throws<StoreException>(() => Append(writer, "second\n")).Message);
        Assert.Equal("no room", writer.Fault?.Message);
        Assert.Equal(0, reported);
    }

    [Fact]
    public void A_fault_that_is_not_the_disks_is_thrown_to_the_writers_and_does_not_end_the_process()
    {
        using var folder = new TempFolder();
        using var unmade = new JournalWriter(() => throw new InvalidOperationException("odd"), Durability.Second, _ => { });
        Append(unmade, "line\n");
        StoreException fault = Assert.Throws<StoreException>(unmade.Flush);
        Assert.Contains("InvalidOperationException: odd", fault.Message, StringComparison.Ordinal);

        using var unheard = new JournalWriter(
            () => FileJournal.Create(folder.File("j.jsonl")), Durability.Second, _ => throw new InvalidOperationException("deaf"));
        Append(unheard, "line\n");
        Assert.Contains("deaf", Assert.Throws<StoreException>(unheard.Flush).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_memory_should_hold_waits_for_the_disk_and_arrives_whole()
    {
        using var folder = new TempFolder();
        string path = folder.File("journal.jsonl");
        byte[] line = Encoding.UTF8.GetBytes(new string('x', (1 << 20) - 1) + "\n");
        using (var writer = new JournalWriter(() => FileJournal.Create(path), Durability.Second, _ => { }))
        {
            for (int i = 0; i < 40; i++) writer.Append(line);
        }

        Assert.Equal(40L << 20, new FileInfo(path).Length);
    }

    private static void Append(JournalWriter writer, string line) => writer.Append(Encoding.UTF8.GetBytes(line), line);

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
