namespace Assay;

/// <summary>Writes tables in one format. Holds no state between calls, so one instance serves several threads.</summary>
public interface ITableWriter
{
    /// <summary>Writes the whole table at the current position of <paramref name="stream"/> and leaves the stream open.</summary>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Need not be seekable or readable.</param>
    /// <exception cref="TableException">The format cannot hold the table; the message says what it cannot hold.</exception>
    void Write(Table table, Stream stream);
}
