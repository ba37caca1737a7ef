using System.Diagnostics.CodeAnalysis;

namespace Assay.Tables;

/// <summary>The one list of formats: adding one is a line here and a member of <see cref="TableFormat"/>.</summary>
internal static class FormatTable
{
    public static IReadOnlyList<Entry> All { get; } =
    [
        new(TableFormat.Csv, "csv", ["csv"], new DelimitedWriter(','), new DelimitedReader(',')),
        new(TableFormat.Tsv, "tsv", ["tsv"], new DelimitedWriter('\t'), new DelimitedReader('\t')),
        new(TableFormat.Json, "json", ["json"], new JsonTableWriter(isArray: true), new JsonTableReader(isArray: true)),
        new(TableFormat.NdJson, "ndjson", ["ndjson", "jsonl"], new JsonTableWriter(isArray: false), new JsonTableReader(isArray: false)),
        new(TableFormat.Parquet, "parquet", ["parquet"], new ParquetTableWriter(new()), new ParquetTableReader()),
        new(TableFormat.Ipc, "ipc", ["arrow", "ipc"], new ArrowTableWriter(new(), isFile: true), new ArrowTableReader(true)),
        new(TableFormat.IpcStream, "ipc_stream", ["arrows"], new ArrowTableWriter(new(), isFile: false), new ArrowTableReader(false)),
        new(TableFormat.Avro, "avro", ["avro"], FormatPackages.AvroWriter, FormatPackages.AvroReader, "Assay.Avro"),
        new(TableFormat.Markdown, "markdown", ["md"], new MarkdownWriter()),
        new(TableFormat.Latex, "latex", ["tex"], new LatexWriter()),
        new(TableFormat.Html, "html", ["html", "htm"], new HtmlWriter()),
        new(TableFormat.Text, "text", ["txt"], new ConsoleWriter()),
        new(TableFormat.Excel, "xlsx", ["xlsx"], FormatPackages.ExcelWriter, Package: "Assay.Excel"),
        new(TableFormat.Clipboard, "clipboard", [], Writer: null),
    ];

    public static string Extensions => string.Join(", ", All.SelectMany(entry => entry.Extensions).Select(extension => "." + extension));

    public static string Names => string.Join(", ", All.Select(entry => entry.Name));

    public static Entry Of(TableFormat format) => All.FirstOrDefault(entry => entry.Format == format)
        ?? throw new ArgumentOutOfRangeException(nameof(format), format, "This is no table format.");

    public static Entry? ByName(string name) => All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static Entry? ByExtension(string extension) =>
        All.FirstOrDefault(entry => entry.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    // The package is the one that has the format, where it is another one.
    internal sealed record Entry(
        TableFormat Format, string Name, string[] Extensions, ITableWriter? Writer, ITableReader? Reader = null, string? Package = null)
    {
        public ITableWriter? Writer { get; set; } = Writer;

        public ITableReader? Reader { get; set; } = Reader;

        /// <summary>Why the format cannot be written by this program on this machine; null when it can.</summary>
        public string? WriteFault()
        {
            string? fault = null;
            if (Format == TableFormat.Clipboard) ClipboardTool.Find(out fault);
            return Package is null || Writer is not null ? fault : FormatPackages.Fault(Name, Package);
        }
    }
}

/// <summary>
/// The formats of other packages. A program that refers to such a package has its types, so they are looked up by name; a trimmed program
/// keeps them, because the names are constants.
/// </summary>
internal static class FormatPackages
{
    public static ITableWriter? ExcelWriter { get; } = Create<ITableWriter>(Type.GetType("Assay.ExcelWriter, Assay.Excel"));

    public static ITableWriter? AvroWriter { get; } = Create<ITableWriter>(Type.GetType("Assay.AvroWriter, Assay.Avro"));

    public static ITableReader? AvroReader { get; } = Create<ITableReader>(Type.GetType("Assay.AvroReader, Assay.Avro"));

    /// <summary>What to do about a format whose package is missing.</summary>
    public static string Fault(string format, string package) =>
        $"{format} needs the package {package}, to which this program does not refer; run 'dotnet add package {package}' "
        + $"(in a program of one file: '#:package {package}@*'), or choose another format, such as csv.";

    private static T? Create<T>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type? type)
        where T : class => type is null ? null : (T?)Activator.CreateInstance(type);
}
