namespace Assay.Tables.Arrow;

/// <summary>
/// Reads Arrow files and streams: every type but unions, intervals, run-end encoding and list views; dictionaries that grow or are replaced;
/// buffers as they are or packed with LZ4. Dates and times of day become timestamps and durations, decimals become doubles where no digit is
/// lost, bytes become text, lists and structs become JSON.
/// </summary>
internal sealed class IpcReader(bool isFile) : ITableReader
{
    public Table Read(Stream stream)
    {
        var source = new BytesSource(Content.ReadAll(stream));
        return ArrowColumns.Read(isFile ? FileReader.Read(source) : FileReader.ReadStream(source));
    }
}
