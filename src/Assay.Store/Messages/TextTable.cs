using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Assay.Messages;

/// <summary>
/// Rows under headings as lines of text: fitted to a terminal, or plain and whole. Control characters in cells become escapes. Not
/// thread-safe.
/// </summary>
/// <param name="headings">Column names.</param>
/// <param name="keys">How many of the first columns identify a row, and are repeated where a terminal is too narrow for one block.</param>
public sealed class TextTable(IReadOnlyList<string> headings, int keys)
{
    private const string Gap = "  ";

    // Columns of text are cut down to this before a table is broken into blocks.
    private const int Narrow = 12;

    // Of a longer text the length is said where it is cut.
    private const int Long = 100;

    private const int MostPlain = 1000;

    private readonly IReadOnlyList<string> _headings = [.. headings.Select(Printable.Line)];
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>
    /// Whether, on a terminal, columns that have the same value in every row stand in a line above the table. Default: they do not.
    /// </summary>
    public bool FoldsConstants { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text for each heading.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(Printable.Line)]);

    /// <summary>The headings and rows in aligned columns, without decoration; only cells of more than 1,000 columns are cut.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = [.. _headings.Select((_, column) => Math.Min(NaturalWidth(column), MostPlain))];
        foreach (IReadOnlyList<string> row in (IReadOnlyList<string>[])[_headings, .. _rows])
            yield return string.Join(Gap, row.Select((text, column) =>
            {
                string cell = Cut(text, widths[column]);
                return cell + Spaces(widths[column] - WidthOf(cell));
            })).TrimEnd();
    }

    /// <summary>
    /// The lines for a terminal, none of them longer than its width: numbers are right-aligned, long texts are cut and say their length,
    /// and columns that still do not fit follow in further blocks behind the keys.
    /// </summary>
    /// <param name="width">How many characters fit on a line; those that a terminal draws twice as wide count twice.</param>
    /// <param name="style">
    /// How a cell is written, for example with colours, in as many visible characters. Default: as it is.
    /// </param>
    /// <param name="rule">Whether a line is drawn below the headings.</param>
    public IEnumerable<string> Lines(int width, Func<string, string>? style = null, bool rule = true)
    {
        style ??= cell => cell;
        int[] constant = [.. Enumerable.Range(0, _headings.Count).Where(IsFolded)];
        foreach (string line in Constants(constant, width)) yield return style(line);

        int[] natural = [.. _headings.Select((_, column) => NaturalWidth(column))], widths = [.. natural];
        bool[] numeric = [.. _headings.Select((_, column) => IsNumeric(column))];
        int[] columns = [.. Enumerable.Range(0, _headings.Count).Except(constant)];
        Narrowed(widths, columns.Where(column => !numeric[column]), Narrow, Excess(widths, columns, width));
        foreach ((int i, IReadOnlyList<int> block) in Blocks(widths, columns, width).ToArray().Index())
        {
            // A block has room that the whole table had not.
            foreach (int column in block) widths[column] = natural[column];
            Narrowed(widths, block.Where(column => !numeric[column]), Narrow, Excess(widths, block, width));
            Narrowed(widths, block, 1, Excess(widths, block, width));
            if (i > 0) yield return "";
            yield return Line(_headings);
            if (rule) yield return new string('─', Math.Max(1, width + Excess(widths, block, width)));
            foreach (IReadOnlyList<string> row in _rows) yield return Line(row);

            string Line(IReadOnlyList<string> row) => string.Join(Gap, block.Select(column =>
            {
                string cell = Cut(row[column], widths[column]), padding = Spaces(widths[column] - WidthOf(cell));
                return numeric[column] ? padding + style(cell) : style(cell) + padding;
            })).TrimEnd();
        }
    }

    /// <summary>A text cut to so many columns of a terminal, with an ellipsis and, of a long text, its length in characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many columns it may take; wide characters take two.</param>
    /// <param name="withLength">Whether the length of a long text is said. Default: it is.</param>
    public static string Cut(string text, int width, bool withLength = true)
    {
        if (WidthOf(text) <= width) return text;
        string end = withLength && text.Length > Long ? string.Create(CultureInfo.InvariantCulture, $"… ({text.Length:N0})") : "…";
        if (end.Length > width / 2) end = "…";
        var kept = new StringBuilder();
        int left = width - end.Length;
        foreach (string element in Elements(text))
        {
            left -= WidthOf(element);
            if (left < 0) break;
            kept.Append(element);
        }

        return kept.Append(end).ToString();
    }

    /// <summary>The columns of each block, in order; every column is in one of them, the keys are in all.</summary>
    private IEnumerable<IReadOnlyList<int>> Blocks(int[] widths, int[] columns, int width)
    {
        int[] key = [.. columns.Where(column => column < keys)];
        List<int> block = [.. key];
        foreach (int column in columns[key.Length..])
        {
            if (block.Count > key.Length && Excess(widths, [.. block, column], width) > 0)
            {
                yield return block;
                block = [.. key];
            }

            block.Add(column);
        }

        yield return block;
    }

    private bool IsFolded(int column) => FoldsConstants && column >= keys && _rows.Count > 1 && _rows[0][column].Length > 0
        && _rows.TrueForAll(row => row[column] == _rows[0][column]);

    private IEnumerable<string> Constants(int[] columns, int width)
    {
        if (columns.Length == 0) yield break;
        var line = new StringBuilder("all rows:");
        foreach (int column in columns)
        {
            string item = Cut($"{_headings[column]} {_rows[0][column]}", Math.Max(1, Math.Min(width - 4, 60)));
            if (WidthOf(line.ToString()) + WidthOf(item) + 2 > width)
            {
                yield return Cut(line.ToString(), width);
                line.Clear().Append(' ');
            }

            line.Append(line.Length > 1 && line[^1] != ':' ? ", " : " ").Append(item);
        }

        yield return Cut(line.ToString(), width);
        yield return "";
    }

    /// <summary>Takes from the widest of some columns until nothing is in excess, or all are as narrow as they may be.</summary>
    private static void Narrowed(int[] widths, IEnumerable<int> columns, int least, int excess)
    {
        int[] candidates = [.. columns];
        while (excess > 0 && candidates.Where(column => widths[column] > least).OrderByDescending(column => widths[column]).ToArray()
            is [int widest, .. int[] others])
        {
            int next = Math.Max(least, others.Length > 0 ? widths[others[0]] : least);
            int taken = Math.Min(excess, Math.Max(1, widths[widest] - next));
            widths[widest] -= taken;
            excess -= taken;
        }
    }

    private static int Excess(int[] widths, IReadOnlyCollection<int> columns, int width) =>
        columns.Sum(column => widths[column] + Gap.Length) - Gap.Length - width;

    private int NaturalWidth(int column) => _rows.Select(row => row[column]).Append(_headings[column]).Max(WidthOf);

    // Ids of digits alone are no numbers.
    private bool IsNumeric(int column) => _headings[column] is not ("id" or "run" or "commit")
        && _rows.Exists(row => row[column].Length > 0) && _rows.TrueForAll(row => row[column].Length == 0 || IsNumber(row[column]));

    // With a unit or a deviation behind it, or the bounds of an interval: a part of a number would be another number.
    private static bool IsNumber(string cell)
    {
        if (cell is ['[', .. string bounds, ']'])
            return bounds.Split(", ") is [{ Length: > 0 } low, { Length: > 0 } high] && IsNumber(low) && IsNumber(high);
        int space = cell.IndexOf(' ', StringComparison.Ordinal);
        string number = space < 0 ? cell : cell[..space];
        return cell.Length <= 40 && cell[^1] != '.'
            && double.TryParse(number, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
            && (space < 0 || cell[space + 1] is '±' || cell.Length - space <= 8);
    }

    private static int WidthOf(string text) => new Segment(text).CellCount();

    private static string Spaces(int count) => new(' ', Math.Max(0, count));

    private static IEnumerable<string> Elements(string text)
    {
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
        }
    }
}
