namespace Assay;

/// <summary>Reads tables of one format. Holds no state between calls, so one instance serves several threads.</summary>
public interface ITableReader
{
    /// <summary>Reads the stream from its current position to its end and leaves it open.</summary>
    /// <param name="stream">Need not be seekable.</param>
    /// <exception cref="TableException">The content is not in this format, or is damaged; the message says where.</exception>
    Table Read(Stream stream);
}
