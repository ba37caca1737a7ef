using Spectre.Console;

namespace Assay.Cli;

/// <summary>Rows under headings: a drawn table on a terminal, plain aligned columns elsewhere.</summary>
internal sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public void Write(ToolConsole console)
    {
        if (console.IsTerminal) console.Drawing().Write(Drawn());
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

    private Spectre.Console.Table Drawn()
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            var drawn = new TableColumn(Markup.Escape(column));
            // A wrapped id or status cannot be copied or read; wide values may wrap.
            table.AddColumn(column is "id" or "status" or "started (UTC)" ? drawn.NoWrap() : drawn);
        }

        foreach (IReadOnlyList<string> row in _rows) table.AddRow([.. row.Select((cell, i) => Coloured(columns[i], cell))]);
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
