using System.Text;

namespace Assay.Tests.Storage;

[Trait("Category", "Quick")]
public class FileJournalTests
{
    [SmallDiskFact]
    public void A_write_that_does_not_fit_leaves_the_whole_lines_that_did()
    {
        using var disk = new SmallDisk(64 << 10);
        string path = Path.Combine(disk.Path, "journal.jsonl");
        using FileJournal file = FileJournal.Create(path);
        file.Append("first\n"u8);
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:0000}{new string('x', 95)}\n")));
        Assert.Throws<StoreException>(() => file.Append(lines));

        byte[] content = File.ReadAllBytes(path);
        Assert.True(content.AsSpan().SequenceEqual([.. "first\n"u8, .. lines.AsSpan(0, content.Length - 6)]));
        Assert.Equal((byte)'\n', content[^1]);
        Assert.InRange(content.Length, 60_000, 65_536);

        disk.Resize(1 << 20);
        file.Append("last\n"u8);
        Assert.Equal("last", File.ReadLines(path).Last());
    }

    [Fact]
    public void A_journal_that_exists_is_never_opened_again()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("journal.jsonl"), "torn");
        Assert.Throws<StoreException>(() => FileJournal.Create(folder.File("journal.jsonl")));
        Assert.Equal("torn", File.ReadAllText(folder.File("journal.jsonl")));
    }
}
