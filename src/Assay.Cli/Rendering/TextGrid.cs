using Spectre.Console;

namespace Assay.Cli;

/// <summary>Rows under headings: a drawn table on a terminal, plain aligned columns elsewhere.</summary>
internal sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>Draws the table on a terminal, in several blocks when it is narrow, and writes plain columns elsewhere.</summary>
    public void Write(ToolConsole console)
    {
        if (console.IsTerminal) Drawn().Write(console.Drawing());
        else WritePlain(console.Out, "");
    }

    /// <summary>Aligned columns without decoration; the last one is not padded.</summary>
    public void WritePlain(TextWriter output, string indent)
    {
        IReadOnlyList<string>[] all = [columns, .. _rows];
        int[] widths = [.. columns.Select((_, i) => all.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in all)
            output.WriteLine((indent + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd());
    }

    private DrawnTable Drawn()
    {
        var table = new DrawnTable(columns, keys: columns[0] == "@" ? 2 : 1) { Markup = (column, cell) => Coloured(columns[column], cell) };
        foreach (IReadOnlyList<string> row in _rows) table.Add(row);
        return table;
    }

    private static string Coloured(string column, string cell)
    {
        string colour = column != "status" ? "" : cell switch
        {
            "success" => "green",
            "failed" => "red",
            "running" => "blue",
            "cancelled" or "interrupted" => "yellow",
            _ => "",
        };
        return colour.Length == 0 ? Markup.Escape(cell) : $"[{colour}]{Markup.Escape(cell)}[/]";
    }
}
