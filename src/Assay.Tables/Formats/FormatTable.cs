using Assay.Tables.Arrow;
using Assay.Tables.Avro;

namespace Assay.Tables;

/// <summary>The one list of formats: adding one is a line here and a member of <see cref="TableFormat"/>.</summary>
internal static class FormatTable
{
    public static IReadOnlyList<Entry> All { get; } =
    [
        new(TableFormat.Csv, "csv", ["csv"], new DelimitedWriter(','), new DelimitedReader(',')),
        new(TableFormat.Tsv, "tsv", ["tsv"], new DelimitedWriter('\t'), new DelimitedReader('\t')),
        new(TableFormat.Json, "json", ["json"], new JsonTableWriter(), new JsonTableReader()),
        new(TableFormat.NdJson, "ndjson", ["ndjson", "jsonl"], new NdJsonWriter(), new NdJsonReader()),
        new(TableFormat.Parquet, "parquet", ["parquet"], new ParquetTableWriter(new()), new ParquetTableReader()),
        new(TableFormat.Ipc, "ipc", ["arrow", "ipc"], new IpcWriter(new(), isFile: true), new IpcReader(isFile: true)),
        new(TableFormat.IpcStream, "ipc_stream", ["arrows"], new IpcWriter(new(), isFile: false), new IpcReader(isFile: false)),
        new(TableFormat.Avro, "avro", ["avro"], new AvroWriter(new()), new AvroReader()),
        new(TableFormat.Markdown, "markdown", ["md"], new MarkdownWriter(new()), Reader: null),
        new(TableFormat.Latex, "latex", ["tex"], new LatexWriter(new()), Reader: null),
        new(TableFormat.Html, "html", ["html", "htm"], new HtmlWriter(new()), Reader: null),
        new(TableFormat.Text, "text", ["txt"], new ConsoleWriter(new()), Reader: null),
        new(TableFormat.Excel, "xlsx", ["xlsx"], ExcelPackage.Writer, Reader: null) { WriteFault = () => ExcelPackage.Fault },
        new(TableFormat.Clipboard, "clipboard", [], Writer: null, Reader: null) { WriteFault = () => ClipboardTool.Find(out string? fault) is null ? fault : null },
    ];

    public static string Extensions => string.Join(", ", All.SelectMany(entry => entry.Extensions).Select(extension => "." + extension));

    public static Entry Of(TableFormat format) => All.FirstOrDefault(entry => entry.Format == format)
        ?? throw new ArgumentOutOfRangeException(nameof(format), format, "This is no table format.");

    public static Entry? ByExtension(string extension) =>
        All.FirstOrDefault(entry => entry.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    internal sealed record Entry(TableFormat Format, string Name, string[] Extensions, ITableWriter? Writer, ITableReader? Reader)
    {
        /// <summary>Why the format cannot be written by this program on this machine; null when it can.</summary>
        public Func<string?> WriteFault { get; init; } = () => Writer is null ? $"Tables cannot be written as {Name}, only read." : null;
    }
}
