namespace Assay;

/// <summary>
/// A table whose values lie in an Arrow file that is mapped into memory, so that opening it takes no time and memory is shared with other
/// processes; see <see cref="Assay.Table.Map"/>.
/// </summary>
/// <remarks>
/// <see cref="Table"/>, tables made from it, and spans of their columns are valid until <see cref="Dispose"/>. After it, columns throw
/// <see cref="ObjectDisposedException"/> or show what they have copied, but a span that was taken before must not be touched: the process
/// would crash. Nothing is unmapped by the garbage collector, which does not see spans: without a call of <see cref="Dispose"/> the file
/// stays mapped until the process ends. Safe to read from several threads at once; dispose it when none of them does.
/// </remarks>
public sealed class MappedTable : IDisposable
{
    private readonly MappedFile _file;

    private MappedTable(MappedFile file)
    {
        _file = file;
        Table = ArrowTableReader.Map(file);
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _file.Dispose();

    internal static MappedTable Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new MappedTable(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
