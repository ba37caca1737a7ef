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
        new(TableFormat.Ipc, "ipc", ["arrow", "ipc"], new ArrowTableWriter(new(), isFile: true), new ArrowTableReader(isFile: true)),
        new(TableFormat.IpcStream, "ipc_stream", ["arrows"], new ArrowTableWriter(new(), isFile: false), new ArrowTableReader(isFile: false)),
        new(TableFormat.Avro, "avro", ["avro"], FormatPackages.AvroWriter, FormatPackages.AvroReader) { Package = "Assay.Avro" },
        new(TableFormat.Markdown, "markdown", ["md"], new MarkdownWriter(new()), reader: null),
        new(TableFormat.Latex, "latex", ["tex"], new LatexWriter(new()), reader: null),
        new(TableFormat.Html, "html", ["html", "htm"], new HtmlWriter(new()), reader: null),
        new(TableFormat.Text, "text", ["txt"], new ConsoleWriter(new()), reader: null),
        new(TableFormat.Excel, "xlsx", ["xlsx"], FormatPackages.ExcelWriter, reader: null) { Package = "Assay.Excel" },
        new(TableFormat.Clipboard, "clipboard", [], writer: null, reader: null) { WriteFault = () => ClipboardTool.Find(out string? fault) is null ? fault : null },
    ];

    public static string Extensions => string.Join(", ", All.SelectMany(entry => entry.Extensions).Select(extension => "." + extension));

    public static Entry Of(TableFormat format) => All.FirstOrDefault(entry => entry.Format == format)
        ?? throw new ArgumentOutOfRangeException(nameof(format), format, "This is no table format.");

    public static Entry? ByExtension(string extension) =>
        All.FirstOrDefault(entry => entry.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    internal sealed class Entry(TableFormat format, string name, string[] extensions, ITableWriter? writer, ITableReader? reader)
    {
        public TableFormat Format => format;

        public string Name => name;

        public string[] Extensions => extensions;

        public ITableWriter? Writer { get; set; } = writer;

        public ITableReader? Reader { get; set; } = reader;

        /// <summary>The package that has the format, where it is another one.</summary>
        public string? Package
        {
            get;
            init
            {
                field = value;
                WriteFault = () => Writer is null ? FormatPackages.Fault(name, value!) : null;
            }
        }

        /// <summary>Why the format cannot be written by this program on this machine; null when it can.</summary>
        public Func<string?> WriteFault { get; init; } = () => null;
    }
}
