using Assay.Tables.Arrow;

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
                ArrowFile.Write(stream, [.. SegmentSchema.Columns(segment)]);
            return Describe(path, name, segment);
        }
        catch
        {
            StoreLeftovers.TryDelete(path);
            throw;
        }
    }

    /// <summary>The checksum of a column: of everything that its values are made of.</summary>
    public static uint Checksum(ArrowArray column)
    {
        uint checksum = 0;
        foreach (ArrowArray part in (ArrowArray[])[column, .. column.Dictionary?.Parts ?? []])
        {
            checksum = Crc32C.Append(checksum, BitConverter.GetBytes(part.Length));
            foreach (ArrowBuffer buffer in part.Buffers) checksum = Crc32C.Append(checksum, buffer.Span);
        }

        return checksum;
    }

    private static SegmentInfo Describe(string path, string name, MemorySegment segment)
    {
        using ArrowFile file = ArrowFile.Open(path);
        return new SegmentInfo
        {
            File = name,
            Bytes = new FileInfo(path).Length,
            Rows = segment.Rows,
            Experiment = segment.Experiment,
            Unended = segment.Unended,
            Repeats = segment.Repeats,
            Fields = [.. segment.Columns.Select(c => new SegmentField(c.Key, c.Form, c.MissingIsNull))],
            Checksums = [.. file.Batches[0].Columns.Select(Checksum)],
        };
    }
}
