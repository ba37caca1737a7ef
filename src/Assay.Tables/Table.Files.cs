namespace Assay;

public sealed partial class Table
{
    /// <summary>
    /// Saves the table. The file appears whole or not at all: it is written under a temporary name in the same folder and renamed. Folders
    /// that are missing are created, a file that exists is replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Default: the format the extension names (<see cref="TableFormats.FromPath"/>).</param>
    /// <exception cref="TableException">The format is not known, or cannot hold the table.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, TableFormat? format = null) => Save(path, (format ?? TableFormats.FromPath(path)).Writer());

    /// <summary>Saves the table with a writer of your own, or one with options.</summary>
    /// <inheritdoc cref="Save(string, TableFormat?)"/>
    public void Save(string path, ITableWriter writer)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(writer);
        AtomicFile.Write(path, stream => writer.Write(this, stream));
    }

    /// <summary>
    /// As <see cref="Save(string, TableFormat?)"/>; the work runs on the thread pool. When cancelled it leaves the old file.
    /// </summary>
    public async Task SaveAsync(string path, TableFormat? format = null, CancellationToken cancellationToken = default)
    {
        ITableWriter writer = (format ?? TableFormats.FromPath(path)).Writer();
        void Write(Stream stream) => writer.Write(this, new WriteOnlyStream(stream, cancellationToken));
        await Task.Run(() => AtomicFile.Write(path, Write), cancellationToken);
    }

    /// <summary>Writes the table to a stream, which stays open.</summary>
    /// <exception cref="TableException">The format cannot hold the table.</exception>
    public void Write(Stream stream, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(stream);
        format.Writer().Write(this, stream);
    }

    /// <summary>
    /// Writes the table to a stream, which stays open. The format is composed in memory and then written without blocking.
    /// </summary>
    /// <exception cref="TableException">The format cannot hold the table.</exception>
    public async Task WriteAsync(Stream stream, TableFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var composed = new MemoryStream();
        Write(composed, format);
        composed.Position = 0;
        await composed.CopyToAsync(stream, cancellationToken);
    }

    /// <summary>The table as text of a format, e.g. <c>table.ToText(TableFormat.Csv)</c>.</summary>
    /// <exception cref="TableException">The format is binary.</exception>
    public string ToText(TableFormat format)
    {
        using var composed = new MemoryStream();
        Write(composed, format);
        ReadOnlySpan<byte> bytes = composed.GetBuffer().AsSpan(0, (int)composed.Length);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? System.Text.Encoding.UTF8.GetString(bytes)
            : throw new TableException($"{format.Name()} is a binary format; write it to a stream or a file.");
    }

    /// <summary>
    /// The table for people, as <see cref="TableFormat.Text"/>, <see cref="TableFormat.Markdown"/>, <see cref="TableFormat.Latex"/> or
    /// <see cref="TableFormat.Html"/>.
    /// </summary>
    /// <exception cref="TableException">The format is one for programs, which has no such options.</exception>
    public string ToText(TableFormat format, TextTableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FormatTable.Of(format).Writer is HumanWriter writer
            ? writer.Compose(this, options)
            : throw new TableException(
                $"{format.Name()} is a format for programs and takes no text options; use text, markdown, latex or html.");
    }

    /// <summary>
    /// Puts the table on the clipboard of the desktop as tab-separated values, which spreadsheets paste as cells, through the program the
    /// platform has for it: wl-copy, xclip, xsel, pbcopy or clip.exe. Waits at most 30 seconds for it.
    /// </summary>
    /// <exception cref="TableException">
    /// There is no desktop or no such program (<see cref="TableFormats.WriteFault"/> checks before), or it fails; the message says which.
    /// </exception>
    public void CopyToClipboard()
    {
        ClipboardTool tool = ClipboardTool.Find(out string? fault) ?? throw new TableException(fault!);
        ClipboardCopy.Copy(this, tool, longest: TimeSpan.FromSeconds(30));
    }

    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Default: the format the extension names.</param>
    /// <exception cref="TableException">
    /// The format is not known or not readable, or the file is damaged; the message names the position.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Table Load(string path, TableFormat? format = null)
    {
        ITableReader reader = (format ?? TableFormats.FromPath(path)).Reader();
        using FileStream stream = File.OpenRead(path);
        return AtPath(path, () => reader.Read(stream));
    }

    /// <summary>
    /// Opens an Arrow file (<see cref="TableFormat.Ipc"/>) without reading it: values are looked up in the file when they are asked for.
    /// Columns of whole and floating-point numbers of 64 bits lie in the file itself when it was written as one batch
    /// (<see cref="ArrowOptions.BatchSize"/>) without compression; others are copied at the first access, which is when faults among their
    /// values show.
    /// </summary>
    /// <param name="path">
    /// The file. While it is mapped it may be replaced by another (as <see cref="Save(string, TableFormat?)"/> does, except on Windows),
    /// but it must not be changed or cut.
    /// </param>
    /// <returns>The table, to be disposed when it and every span of its columns is done with.</returns>
    /// <exception cref="TableException">This is no Arrow file, or it is damaged; the message names the position.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MappedTable Map(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return AtPath(path, () => MappedTable.Open(path));
    }

    /// <summary>As <see cref="Load"/>; the work runs on the thread pool.</summary>
    public static Task<Table> LoadAsync(string path, TableFormat? format = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(path, format), cancellationToken);

    /// <summary>Reads a table from a stream, up to its end; the stream stays open.</summary>
    /// <exception cref="TableException">The format is not readable, or the content is damaged; the message names the position.</exception>
    public static Table Read(Stream stream, TableFormat format) => format.Reader().Read(stream);

    private static T AtPath<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TableException fault)
        {
            throw new TableException($"{path}: {fault.Message}", fault) { Line = fault.Line, ByteOffset = fault.ByteOffset };
        }
    }
}
