using Spectre.Console;

namespace Assay.Cli;

/// <summary>Rows under headings: a drawn table on a terminal, plain aligned columns elsewhere.</summary>
internal sealed class TextGrid(params IReadOnlyList<string> columns)
{
    private const int Padding = 4;
    private const int Readable = 10;

    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>Draws the table on a terminal that is wide enough for it, and writes plain columns otherwise.</summary>
    public void Write(ToolConsole console)
    {
        if (console.IsTerminal && LeastWidth() <= console.Width) console.Drawing().Write(Drawn());
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

    // Below this width a drawn table loses columns without a word; plain lines that the terminal breaks lose nothing.
    private int LeastWidth() => columns.Select((column, i) =>
        Padding + (IsUnbroken(column) ? _rows.Append(columns).Max(row => row[i].Length) : Math.Min(Readable, _rows.Append(columns).Max(row => row[i].Length)))).Sum();

    // A wrapped id or status cannot be copied or read; wide values may wrap.
    private static bool IsUnbroken(string column) => column is "id" or "status" or "started (UTC)";

    private Spectre.Console.Table Drawn()
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            var drawn = new TableColumn(Markup.Escape(column));
            table.AddColumn(IsUnbroken(column) ? drawn.NoWrap() : drawn);
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
