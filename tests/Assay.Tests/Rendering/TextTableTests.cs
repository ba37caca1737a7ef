namespace Assay.Tests.Rendering;

[Trait("Category", "Quick")]
public sealed class TextTableTests
{
    [Fact]
    public void On_a_wide_terminal_all_columns_stand_in_one_block() =>
        Assert.Equal("n key a b c|1 x 10 20 30|", Words(Drawn(80)));

    [Fact]
    public void On_a_narrow_terminal_further_columns_follow_with_the_keys_again() =>
        Assert.Equal("n key a b|1 x 10 20||n key c|1 x 30|", Words(Drawn(24)));

    [Fact]
    public void On_a_terminal_too_narrow_for_anything_each_cell_is_still_there_whole() =>
        Assert.Equal("n key a|1 x 10||n key b|1 x 20||n key c|1 x 30|", Words(Drawn(3)));

    [Fact]
    public void Every_block_fits_and_every_column_is_in_one_block()
    {
        var random = new SeededRandom(3);
        for (int round = 0; round < 200; round++)
        {
            string[] headings = [.. Enumerable.Range(0, random.Next(1, 13)).Select(i => new string('h', random.Next(1, 10)))];
            int keys = random.Next(headings.Length), width = random.Next(1, 101);
            IReadOnlyList<IReadOnlyList<int>> blocks = new TextTable(headings, keys).Blocks(width);

            Assert.All(blocks, b => Assert.Equal(Enumerable.Range(0, keys), b.Take(keys)));
            Assert.Equal(Enumerable.Range(keys, headings.Length - keys), blocks.SelectMany(b => b.Skip(keys)));
            Assert.All(blocks.Where(b => b.Count > keys + 1), b => Assert.True(b.Sum(c => headings[c].Length + 3) + 1 <= width));
        }
    }

    [Fact]
    public void Characters_of_two_columns_count_twice() =>
        Assert.Equal(2, new TextTable(["a", "実験実験実験"], keys: 0).Blocks(18).Count);

    private static string Drawn(int width)
    {
        var table = new TextTable(["n", "key", "a", "b", "c"], keys: 2);
        table.Add("1", "x", "10", "20", "30");
        return string.Join('\n', table.Lines(width));
    }

    // Without the lines and spaces of the border; a | ends a line, an empty one stands between blocks.
    private static string Words(string drawn)
    {
        string[] lines = [.. drawn.ReplaceLineEndings("\n").Split('\n').Where(l => !l.Contains('─', StringComparison.Ordinal))
            .Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        return System.Text.RegularExpressions.Regex.Replace(string.Join('|', lines).Trim('|') + "|", "[|]{2,}", "||");
    }
}
