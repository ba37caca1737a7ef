namespace Assay.Tests.Rendering;

[Trait("Category", "Quick")]
public sealed class TextTableTests
{
    private static readonly string Prompt = string.Join(' ', Enumerable.Repeat("Write a story", 300));

    [Fact]
    public void On_a_wide_terminal_all_columns_stand_in_one_block_and_numbers_are_right_aligned() => Assert.Equal(
        """
        n  key       a  opt
        ────────────────────
        1  x         1  adam
        2  y    20.125  sgd
        """, Drawn(Mixed(), 80));

    [Fact]
    public void Elsewhere_the_columns_are_whole_and_nothing_is_drawn() =>
        Assert.Equal(["n  text", $"1  {Prompt[..900]}"], Table(("n", "1"), ("text", Prompt[..900])).Lines());

    [Fact]
    public void Elsewhere_a_text_of_more_than_a_thousand_characters_is_cut_too() =>
        Assert.EndsWith("… (4,199)", Table(("text", Prompt)).Lines().Last(), StringComparison.Ordinal);

    [Fact]
    public void A_long_text_is_cut_to_what_is_left_and_its_length_is_said() => Assert.Equal(
        ["n  prompt                          loss", new string('─', 39), "1  Write a story Write a… (4,199)  0.25"],
        Table(("n", "1"), ("prompt", Prompt), ("loss", "0.25")).Lines(39));

    [Fact]
    public void On_a_narrow_terminal_further_columns_follow_with_the_keys_again() => Assert.Equal(
        """
        n  key       a
        ──────────────
        1  x         1
        2  y    20.125

        n  key  opt
        ────────────
        1  x    adam
        2  y    sgd
        """, Drawn(Mixed(), 16));

    [Fact]
    public void Bounds_of_an_interval_are_not_cut_and_a_text_has_the_room_of_its_block() => Assert.Equal(
        """
        key              interval
        ─────────────────────────
        x    [0.524599, 0.525400]

        key  note
        ────────────────────────────
        x    five of them went wrong
        """, Drawn(Table(("key", "x"), ("interval", "[0.524599, 0.525400]"), ("note", "five of them went wrong")), 30));

    [Fact]
    public void What_is_the_same_in_all_rows_stands_above_them()
    {
        var table = new TextTable(["id", "status", "lr", "batch"], keys: 1) { FoldsConstants = true };
        table.Add("a1", "success", "0.1", "32");
        table.Add("b2", "success", "0.2", "32");
        Assert.Equal(
            """
            all rows: status success, batch 32

            id   lr
            ───────
            a1  0.1
            b2  0.2
            """, Drawn(table, 40));
    }

    [Fact]
    public void Escape_sequences_and_line_breaks_in_cells_become_escapes()
    {
        var table = new TextTable(["text"], keys: 0);
        table.Add("a\u001b[31m\nb");
        Assert.Equal("text\na\\u001b[31m\\nb", string.Join('\n', table.Lines()));
    }

    [Fact]
    public void Characters_of_two_columns_count_twice()
    {
        var table = new TextTable(["a", "b"], keys: 0);
        table.Add("実験実験", "x");
        table.Add("🙂", "y");
        Assert.Equal(["a         b", "実験実験  x", "🙂        y"], table.Lines());
        Assert.Equal("実…", TextTable.Cut("実験実験", 4));
        Assert.Equal("Write a s…", TextTable.Cut(Prompt, 10, withLength: false));
    }

    [Fact]
    public void No_line_is_longer_than_the_terminal_and_every_column_is_shown()
    {
        var random = new SeededRandom(3);
        for (int round = 0; round < 200; round++)
        {
            string[] headings = [.. Enumerable.Range(0, random.Next(1, 13)).Select(i => $"{i}{new string('h', random.Next(1, 10))}")];
            int width = random.Next(20, 101);
            var table = new TextTable(headings, random.Next(3)) { FoldsConstants = random.Next(2) == 0 };
            for (int row = 0; row < 3; row++) table.Add([.. headings.Select(_ => Cell(random))]);
            string[] lines = [.. table.Lines(width)];
            Assert.All(lines, line => Assert.True(new Spectre.Console.Rendering.Segment(line).CellCount() <= width, $"{width}: {line}"));
            Assert.All(headings, (_, i) => Assert.Contains(lines, line => line.Contains($"{i}h", StringComparison.Ordinal)));
        }
    }

    private static string Cell(SeededRandom random) => random.Next(4) switch
    {
        0 => random.NextDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => new string('実', random.Next(1, 30)),
        2 => new string('t', random.Next(1, 400)),
        _ => "",
    };

    private static TextTable Mixed()
    {
        var table = new TextTable(["n", "key", "a", "opt"], keys: 2);
        table.Add("1", "x", "1", "adam");
        table.Add("2", "y", "20.125", "sgd");
        return table;
    }

    private static TextTable Table(params (string Heading, string Cell)[] columns)
    {
        var table = new TextTable([.. columns.Select(c => c.Heading)], keys: 1);
        table.Add([.. columns.Select(c => c.Cell)]);
        return table;
    }

    private static string Drawn(TextTable table, int width) => string.Join('\n', table.Lines(width));
}
