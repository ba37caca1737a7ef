using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace Assay.Tables;

/// <summary>
/// The batches of an Arrow file or stream, whose values stay where they are. A file is a stream between two marks with a list of its
/// batches at the end, and is read as a stream, because the library reads only streams without copying.
/// </summary>
internal sealed record ArrowContent(Schema Schema, IReadOnlyList<RecordBatch> Batches)
{
    public const string TypeKey = "assay.type", JsonType = "json";

    // A run of nulls takes no space, so the size of a file says little about its rows; a count beyond these is damage.
    private const long FreeRows = 1 << 22, RowsPerByte = 1 << 8;
    private const int FrontSize = 8, TrailerSize = 10;

    private static readonly ArrowContext Context =
        new(compressionCodecFactory: new CompressionCodecFactory(), extensionRegistry: new ExtensionTypeRegistry());

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    public int RowCount => Batches.Sum(batch => batch.Length);

    public static ArrowContent Read(ReadOnlyMemory<byte> bytes, bool isFile)
    {
        if (!isFile && bytes.Span.StartsWith(Magic)) throw Fault(0, "this is the file format of Arrow, not the stream (read it as ipc)");
        ReadOnlyMemory<byte> stream = isFile ? StreamOf(bytes) : bytes;
        var batches = new List<RecordBatch>();
        long rows = 0;
        try
        {
            using ArrowStreamReader reader = Open(stream, isFile ? bytes : default(ReadOnlyMemory<byte>?));
            Schema schema = reader.Schema;
            while (reader.ReadNextRecordBatch() is { } batch)
            {
                rows += batch.Length;
                if (rows > Math.Min(int.MaxValue, FreeRows + (bytes.Length * RowsPerByte)))
                    throw new InvalidDataException($"its batches have {rows} rows");
                if (batch.ColumnCount != schema.FieldsList.Count)
                    throw new InvalidDataException($"batch {batches.Count} has {batch.ColumnCount} columns");
                batches.Add(batch);
            }

            return new ArrowContent(schema, batches);
        }
        // The library throws exceptions of many kinds for damage of many kinds.
        catch (Exception fault) when (fault is not TableException)
        {
            string problem = $"after {batches.Count} batches of {rows} rows the content cannot be read ({fault.Message})";
            throw Fault(isFile ? FrontSize : 0, problem, fault);
        }
    }

    private static TableException Fault(long offset, string fault, Exception? inner = null) => TableException.At(
        offset, $"Byte {offset}: {fault}; the file is damaged, no Arrow file, or written in a form that is not supported.", inner);

    /// <summary>Some writers leave out the schema at the beginning; then the list of batches is followed, which copies them.</summary>
    private static ArrowStreamReader Open(ReadOnlyMemory<byte> stream, ReadOnlyMemory<byte>? file)
    {
        var reader = new ArrowStreamReader(Context, stream);
        try
        {
            _ = reader.Schema;
            return reader;
        }
        catch (Exception) when (file is not null)
        {
            return new ArrowFileReader(Context, new MemoryStream(file.Value.ToArray()));
        }
    }

    private static ReadOnlyMemory<byte> StreamOf(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < FrontSize + TrailerSize || !bytes.StartsWith(Magic) || !bytes.EndsWith(Magic))
            throw TableException.At(0, $"The file does not begin and end with ARROW1 ({bytes.Length} bytes), "
                + "so it is no Arrow file, is an Arrow stream (read it as ipc_stream), or was cut off.");
        int end = bytes.Length - TrailerSize;
        int footer = BinaryPrimitives.ReadInt32LittleEndian(bytes[end..]);
        if (footer <= 0 || footer > end - FrontSize) throw Fault(end, $"the footer would have {footer} bytes of {bytes.Length}");
        return file[FrontSize..(end - footer)];
    }
}
