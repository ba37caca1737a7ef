using System.Text.Json;

namespace Assay.Questions;

/// <summary>Gives a table in pages of text; the command <c>export</c> writes it whole.</summary>
internal sealed class ExportTableQuestion : Question<TablePage>
{
    private static readonly FlagParameter OutputRows = new("rows", "The output rows that runs recorded instead of one row a run");

    // What an agent reads in an answer, and no more: of the other formats, which are files or made for people, the command writes any.
    private static readonly string[] Formats = ["csv", "tsv", "markdown", "json", "ndjson"];

    private static readonly ChoiceParameter Format = new("format", "The form of the text", Formats);
    private static readonly NumberParameter Limit = RunParameters.Limit(50, 1000, "rows");

    public override ToolText Tool => new("export_table", "Runs as a table",
        $"Gives runs as a table in {string.Join(", ", Formats[..^1])} or {Formats[^1]}: a row for each run with run_id, status, param_NAME "
            + "and metrics, and for tracked runs their metadata and last tracked values by path; or the output rows the runs recorded. In "
            + "pages; every page has the names of the columns. The command writes whole files.")
    { Command = "export" };

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.Filter, OutputRows, TableOutput.Columns, Format, Limit, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        TableFormat format = TableFormats.FromName(Format.Of(call));
        IReadOnlyList<string> names = TableOutput.Columns.Of(call);
        int from = PageCursor.From(call), most = Limit.Count(call);
        (Results all, Results chosen) = filter.Apply();
        Table table = OutputRows.Of(call) ? chosen.Rows : chosen.ToTable(RunColumns.All, call.Cancellation);
        if (table.RowCount > 0 && names.Count > 0) table = table.Select([.. names]);
        (string text, int shown) = Page(call, table, from, most, format);
        var report = new TablePage(
            call.Store.Path, filter.Experiment, format.Name(), table.RowCount, shown, [.. table.Columns.Select(c => c.Name)], text)
        {
            NextCursor = shown > 0 && from + shown < table.RowCount ? new PageCursor(from + shown).Text(call) : null,
            EarlierLeftOut = filter.EarlierLeftOut,
        };
        return new Answer(report) { Runs = all, Remarks = [.. Remarks(report)] };
    }

    private static IEnumerable<string> Remarks(TablePage page)
    {
        if (page.NextCursor is null) yield break;
        yield return $"{Words.Number(page.Shown)} of {Words.Count(page.Total, "row")}: call again with the same arguments and this "
            + "next_cursor as cursor for more; 'assay export --output FILE' at a shell writes all.";
    }

    // The size in the answer, with escaped quotation marks and line ends.
    private static int Size(string text) => JsonEncodedText.Encode(text, JsonText.Encoder).EncodedUtf8Bytes.Length;

    // Fewer rows until the text is short enough; cut within a row it would be no table any more.
    private static (string Text, int Rows) Page(QuestionCall call, Table table, int from, int most, TableFormat format)
    {
        if (from >= table.RowCount) return ("", 0);
        int rows = Math.Min(most, table.RowCount - from), names = table.Columns.Sum(c => Size(c.Name));
        while (true)
        {
            call.Cancellation.ThrowIfCancellationRequested();
            string text = table.Slice(from, rows).ToText(format);
            int size = Size(text) + names;
            if (size <= TablePage.LongestText) return (text, rows);
            if (rows == 1)
                throw new AssayException($"row {from} alone has {Words.Number(size)} bytes in "
                    + $"{Words.Count(table.Columns.Count, "column")}; expected at most {Words.Number(TablePage.LongestText)} in an answer. "
                    + "Take fewer columns, or 'assay export --output FILE' at a shell.");
            rows = Math.Clamp((int)((long)rows * TablePage.LongestText / size), 1, rows - 1);
        }
    }
}

/// <summary>Some rows of a table as text.</summary>
internal sealed record TablePage(
    string Store, string? Experiment, string Format, int Total, int Shown, IReadOnlyList<string> Columns, string Text) : RunsReport
{
    /// <summary>With the names of the columns, in bytes.</summary>
    public const int LongestText = 35_000;

    /// <summary>For the next page; null when there is none.</summary>
    public string? NextCursor { get; init; }
}
