using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>
/// The name, the extensions, the writer and the reader of each <see cref="TableFormat"/>. Lets a caller check a path before
/// anything runs.
/// </summary>
public static class TableFormats
{
    /// <summary>Every format that files can be written in, by this program.</summary>
    public static IReadOnlyList<TableFormat> Writable =>
        [.. FormatTable.All.Where(entry => entry.Writer is not null).Select(entry => entry.Format)];

    /// <summary>Every format that can be read.</summary>
    public static IReadOnlyList<TableFormat> Readable =>
        [.. FormatTable.All.Where(entry => entry.Reader is not null).Select(entry => entry.Format)];

    /// <summary>The format that a path names by its extension, in any case.</summary>
    /// <exception cref="TableException">The extension is missing or unknown; the message lists the known ones.</exception>
    public static TableFormat FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path).TrimStart('.');
        if (FormatTable.ByExtension(extension) is { } entry) return entry.Format;
        string fault = extension.Length == 0 ? $"'{path}' has no extension" : $"'.{extension}' of '{path}' is no known table format";
        throw new TableException($"{fault}; known are {FormatTable.Extensions}. Use one of them, or pass the format.");
    }

    /// <summary>
    /// The format of a name such as <c>parquet</c> or <c>ipc_stream</c>: <see cref="Name"/> or an extension without its dot, in any case.
    /// </summary>
    /// <exception cref="TableException">The name is unknown; the message lists the known ones.</exception>
    public static TableFormat FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFromName(name, out TableFormat? format)
            ? format.Value
            : throw new TableException($"'{name}' is no known table format; use one of {FormatTable.Names}.");
    }

    /// <summary>As <see cref="FromName"/>, without an exception.</summary>
    public static bool TryFromName(string name, [NotNullWhen(true)] out TableFormat? format)
    {
        format = (FormatTable.ByName(name) ?? FormatTable.ByExtension(name))?.Format;
        return format is not null;
    }

    /// <summary>The word for a format in options and file names, in lower case, e.g. <c>ipc_stream</c>.</summary>
    public static string Name(this TableFormat format) => FormatTable.Of(format).Name;

    /// <summary>The usual extension of a format, with its dot; empty for the clipboard, which is no file.</summary>
    public static string Extension(this TableFormat format) => FormatTable.Of(format).Extensions is [{ } first, ..] ? "." + first : "";

    /// <summary>
    /// Why tables cannot be written in a format by this program on this machine, with what to do about it; null when they can. Finds a
    /// package or a clipboard that is missing before work is done whose results could not be kept.
    /// </summary>
    public static string? WriteFault(this TableFormat format) => FormatTable.Of(format).WriteFault();

    /// <summary>The writer of a format, with its defaults.</summary>
    /// <exception cref="TableException">
    /// The format cannot be written by this program (<see cref="WriteFault"/>), or is the clipboard, which is no file.
    /// </exception>
    public static ITableWriter Writer(this TableFormat format) => FormatTable.Of(format).Writer
        ?? throw new TableException(format == TableFormat.Clipboard
            ? $"The clipboard is no file; use {nameof(Table)}.{nameof(Table.CopyToClipboard)}."
            : format.WriteFault()!);

    /// <summary>A writer of Parquet files with options, for <see cref="Table.Save(string, ITableWriter)"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ITableWriter Parquet(ParquetOptions options) =>
        new ParquetTableWriter(options ?? throw new ArgumentNullException(nameof(options)));

    /// <summary>A writer of Arrow files with options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ITableWriter Ipc(ArrowOptions options) => new ArrowTableWriter(options, isFile: true);

    /// <summary>A writer of Arrow streams with options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ITableWriter IpcStream(ArrowOptions options) => new ArrowTableWriter(options, isFile: false);

    /// <summary>
    /// Sets what writes and what reads a format of another package. Referring to the package is enough in most programs; one that loads
    /// assemblies by itself calls this at its start. Not safe while other threads use formats.
    /// </summary>
    /// <param name="format">The format, such as <see cref="TableFormat.Avro"/>.</param>
    /// <param name="writer">Its writer.</param>
    /// <param name="reader">Its reader; null where the format is only written.</param>
    public static void Register(TableFormat format, ITableWriter writer, ITableReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        FormatTable.Entry entry = FormatTable.Of(format);
        (entry.Writer, entry.Reader) = (writer, reader);
    }

    /// <summary>The reader of a format.</summary>
    /// <exception cref="TableException">The format can only be written, or not be read by this program.</exception>
    public static ITableReader Reader(this TableFormat format) => FormatTable.Of(format).Reader ?? throw new TableException(
        FormatTable.Of(format).Package is { } package ? FormatPackages.Fault(format.Name(), package)
            : $"Tables cannot be read from {format.Name()}, only written to it; readable are {string.Join(", ", Readable.Select(Name))}.");
}

/// <summary>Writes tables in one format. Holds no state between calls, so one instance serves several threads.</summary>
public interface ITableWriter
{
    /// <summary>Writes the whole table at the current position of <paramref name="stream"/> and leaves the stream open.</summary>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Need not be seekable or readable.</param>
    /// <exception cref="TableException">The format cannot hold the table; the message says what it cannot hold.</exception>
    void Write(Table table, Stream stream);
}

/// <summary>Reads tables of one format. Holds no state between calls, so one instance serves several threads.</summary>
public interface ITableReader
{
    /// <summary>Reads the stream from its current position to its end and leaves it open.</summary>
    /// <param name="stream">Need not be seekable.</param>
    /// <exception cref="TableException">The content is not in this format, or is damaged; the message says where.</exception>
    Table Read(Stream stream);
}
