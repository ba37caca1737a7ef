using Apache.Arrow;
using Apache.Arrow.Ipc;
using Assay.Tables;

namespace Assay;

/// <summary>Segments as files: written once under a name of their own, and never changed.</summary>
internal static class SegmentFile
{
    public const string Extension = ".arrow";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static SegmentInfo Write(string folder, MemorySegment segment)
    {
        string name = Path.ChangeExtension(Path.GetRandomFileName(), Extension);
        string path = Path.Combine(folder, name);
        try
        {
            using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
                Write(stream, [.. SegmentSchema.Columns(segment)], segment.Rows);
            return Describe(path, name, segment);
        }
        catch
        {
            StoreLeftovers.TryDelete(path);
            throw;
        }
    }

    /// <summary>Reads the arrays of a segment, which stay where they are.</summary>
    public static IReadOnlyList<ArrayData> Read(MappedFile file, out int rows)
    {
        // The file is a stream between two marks.
        const int FrontSize = 8;
        using var reader = new ArrowStreamReader(file.Memory[FrontSize..]);
        using RecordBatch batch = reader.ReadNextRecordBatch();
        rows = batch.Length;
        return [.. batch.Arrays.Select(array => array.Data)];
    }

    /// <summary>The checksum of a column: of everything that its values are made of.</summary>
    public static uint Checksum(ArrayData column)
    {
        uint checksum = column.Dictionary is null ? 0 : Checksum(column.Dictionary);
        checksum = Crc32C.Append(checksum, BitConverter.GetBytes(column.Length));
        foreach (ArrowBuffer buffer in column.Buffers) checksum = Crc32C.Append(checksum, buffer.Span);
        return checksum;
    }

    private static void Write(Stream stream, SegmentColumn[] columns, int rows)
    {
        var schema = new Schema(columns.Select(column => new Field(column.Name, column.Data.DataType, nullable: true)), metadata: null);
        using var writer = new ArrowFileWriter(stream, schema, leaveOpen: true);
        writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => ArrowArrayFactory.BuildArray(column.Data)), rows));
        writer.WriteEnd();
    }

    private static SegmentInfo Describe(string path, string name, MemorySegment segment)
    {
        using MappedFile file = MappedFile.Open(path);
        return new SegmentInfo
        {
            File = name,
            Bytes = file.Memory.Length,
            Rows = segment.Rows,
            Experiment = segment.Experiment,
            Unended = segment.Unended,
            Repeats = segment.Repeats,
            Fields = [.. segment.Columns.Select(c => new SegmentField(c.Key, c.Form, c.MissingIsNull))],
            Checksums = [.. Read(file, out _).Select(Checksum)],
        };
    }
}
