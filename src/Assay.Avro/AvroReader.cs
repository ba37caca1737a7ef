using Assay.Avro;
using Assay.Tables;

namespace Assay;

/// <summary>
/// Reads Avro object container files in the codecs null, deflate, snappy and zstandard. The fields of the outermost record are the columns
/// (a file of anything else has the one column <c>value</c>); nested values become JSON, unions of several types the type that holds them
/// all. Holds no state between calls, so one instance serves several threads.
/// </summary>
public sealed class AvroReader : ITableReader
{
    /// <inheritdoc/>
    public Table Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var content = new MemoryStream();
        stream.CopyTo(content);
        content.Position = 0;
        AvroContainer? file = null;
        try
        {
            file = new AvroContainer(content);
            return Read(file);
        }
        // The library throws exceptions of many kinds for damage of many kinds.
        catch (Exception fault) when (fault is not TableException)
        {
            long position = file?.Position ?? 0;
            string part = file is { Position: > 0 } ? "the block" : "the header";
            string problem = $"Byte {position}: {part} cannot be read ({fault.Message})";
            throw new TableException($"{problem}; the file is damaged, or no Avro file.", fault) { ByteOffset = position };
        }
    }

    private static Table Read(AvroContainer file)
    {
        AvroColumn[] columns = Columns(AvroSchemaReader.Parse(file.Schema));
        using var decoder = new AvroDecoder();
        long rowCount = 0;
        while (file.Next() is var (rows, content))
        {
            if (rows < 0 || rows > int.MaxValue - rowCount)
                throw new InvalidDataException($"a block announces {rows} rows after {rowCount}");
            decoder.Begin(content);
            for (long row = 0; row < rows; row++)
            {
                if (columns.Length == 0) decoder.CountFree();
                foreach (AvroColumn column in columns) column.Add(decoder.Read(column.Type));
            }

            if (content.Position < content.Length)
                throw new InvalidDataException($"{content.Length - content.Position} bytes are left after the last row of a block");
            rowCount += rows;
        }

        if (columns.Length > 0) return Table.FromColumns(Array.ConvertAll(columns, column => column.Build()));
        var table = new TableBuilder();
        for (long row = 0; row < rowCount; row++) table.AddRow([]);
        return table.Build();
    }

    private static AvroColumn[] Columns(AvroType type)
    {
        if (type.Kind != AvroKind.Record) return [new AvroColumn("value", type, note: null)];
        var names = new UniqueNames();
        return [.. type.Parts.Select((part, i) => new AvroColumn(names.Add(type.Names[i]), part, type.Notes[i]))];
    }
}
