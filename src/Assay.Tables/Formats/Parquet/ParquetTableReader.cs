using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Assay.Tables;

/// <summary>
/// Reads Parquet files of columns that are not nested. The library decodes physical values; what they mean is decided here, so that no type
/// is narrower than it is written: times keep their ticks, and a decimal becomes a double where no digit is lost.
/// </summary>
internal sealed class ParquetTableReader : ITableReader
{
    // A run of equal values takes no space, so the size of a file says little about its rows; a count beyond these is damage.
    private const long FreeRows = 1 << 20, RowsPerByte = 1 << 12;

    private static readonly global::Parquet.ParquetOptions Options = new() { TreatBigIntegersAsDates = false };

    public Table Read(Stream stream)
    {
        byte[] content = Content.ReadAll(stream);
        int footer = Footer(content);
        ParquetLeaf[] leaves = [];
        FileMetaData file = AtPlace(footer, "the footer", () => Open(content, out leaves).Metadata!);
        int rowCount = CheckRows(file, content.Length, footer);

        var columns = new Column[leaves.Length];
        int workers = Math.Min(Environment.ProcessorCount, leaves.Length);
        // The library reads from one place of one stream, so each worker has a reader of its own.
        RowBlocks.Each(workers, worker =>
        {
            ParquetReader reader = AtPlace(footer, "the footer", () => Open(content, out _));
            DataField[] fields = AtPlace(footer, "the schema", () => reader.Schema.DataFields);
            for (int i = worker; i < leaves.Length; i += workers)
                columns[i] = new ParquetColumnReader(reader, fields[i], leaves[i]).Read(rowCount);
        });
        return new Table(columns, rowCount);
    }

    /// <summary>Runs what the library does for one part of the file. It throws exceptions of many kinds for damage of many kinds.</summary>
    public static T AtPlace<T>(long offset, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not TableException)
        {
            string problem = $"Byte {offset}: {part} cannot be read ({fault.Message})";
            throw TableException.At(offset, $"{problem}; the file is damaged, or written in a form that is not supported.", fault);
        }
    }

    private static int Footer(byte[] content)
    {
        ReadOnlySpan<byte> magic = "PAR1"u8;
        const int Trailer = 8;
        if (content.Length < magic.Length + Trailer || !content.AsSpan().StartsWith(magic) || !content.AsSpan().EndsWith(magic))
            throw TableException.At(0, $"The file does not begin and end with PAR1 ({content.Length} bytes), "
                + "so it is no Parquet file, is encrypted, or was cut off.");
        int end = content.Length - Trailer, length = BitConverter.ToInt32(content, end);
        return length > 0 && length <= end - magic.Length
            ? end - length
            : throw TableException.At(end, $"Byte {end}: the footer would have {length} bytes of {content.Length}; the file is damaged.");
    }

    private static ParquetReader Open(byte[] content, out ParquetLeaf[] leaves)
    {
        // Reading from memory never waits.
        ParquetReader reader = ParquetReader.CreateAsync(new EndingStream(content), Options).GetAwaiter().GetResult();
        Dictionary<string, string> notes = Notes(reader.CustomMetadata.GetValueOrDefault(ParquetTableWriter.TypesKey));
        SchemaElement[] elements = [.. reader.Metadata!.Schema.Skip(1)];
        leaves = Array.ConvertAll(elements, element => ParquetLeaf.Of(Checked(element), notes.GetValueOrDefault(element.Name)));
        if (leaves.GroupBy(leaf => leaf.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw TableException.At(
                0, $"{same.Count()} columns are named '{same.Key}'; names must differ, so write the file with other names.");
        foreach (SchemaElement element in elements) ReadPhysically(element);
        return reader;
    }

    private static SchemaElement Checked(SchemaElement element) =>
        element.NumChildren > 0 || element.Type is null || element.RepetitionType == FieldRepetitionType.REPEATED
            ? throw TableException.At(0, $"Column '{element.Name}' is nested, which is not supported; write nested values as JSON text.")
            : element;

    private static void ReadPhysically(SchemaElement element)
    {
        element.LogicalType = null;
        element.ConvertedType = null;
    }

    private static Dictionary<string, string> Notes(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, TableJsonContext.Default.DictionaryStringString) ?? [];

    private static int CheckRows(FileMetaData file, long size, long footer)
    {
        long rows = file.RowGroups.Sum(group => Math.Clamp(group.NumRows, -1, int.MaxValue));
        bool isSound = rows == file.NumRows && rows <= Math.Min(int.MaxValue, FreeRows + (size * RowsPerByte))
            && file.RowGroups.All(group => group.NumRows >= 0);
        if (isSound) return (int)rows;
        string problem = $"{file.NumRows} rows are announced and the row groups of {size} bytes have {rows}";
        throw TableException.At(footer, $"Byte {footer}: {problem}; the file is damaged.");
    }

    /// <summary>Throws at the end, which the library takes for one more byte: it would read a damaged page header forever.</summary>
    private sealed class EndingStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public override int ReadByte() => base.ReadByte() is >= 0 and var value
            ? value
            : throw new EndOfStreamException("the header of a page runs over the end of the file");
    }
}
