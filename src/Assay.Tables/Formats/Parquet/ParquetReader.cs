using System.Runtime.ExceptionServices;

namespace Assay.Tables.Parquet;

/// <summary>
/// Reads Parquet files of flat columns, in all encodings and in the compressions none, snappy, gzip and brotli. Dates and times of day
/// become timestamps and durations, decimals become doubles where no digit is lost.
/// </summary>
internal sealed class ParquetReader : ITableReader
{
    private const int Trailer = 8;

    public Table Read(Stream stream)
    {
        byte[] content = Content.ReadAll(stream);
        ThriftStruct file = Footer(content);
        ParquetLeaf[] leaves = SchemaReader.Leaves(file);
        IReadOnlyList<ThriftStruct> groups = file.Structs(4);
        long rowCount = groups.Sum(group => Math.Clamp(group.Number(3), -1, int.MaxValue));
        if (rowCount != file.Number(3) || rowCount > int.MaxValue || groups.Any(group => group.Number(3) < 0))
            throw file.Fault($"{file.Number(3)} rows are announced but the row groups have {rowCount}");

        var columns = new Column[leaves.Length];
        try
        {
            Parallel.For(0, leaves.Length, i => columns[i] = Decode(content, leaves[i], i, groups, leaves.Length));
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        return new Table(columns, (int)rowCount);
    }

    private static Column Decode(byte[] content, ParquetLeaf leaf, int index, IReadOnlyList<ThriftStruct> groups, int leafCount)
    {
        ColumnDecoder decoder = ColumnDecoder.Of(leaf);
        foreach (ThriftStruct group in groups)
        {
            IReadOnlyList<ThriftStruct> chunks = group.Structs(1);
            if (chunks.Count != leafCount) throw group.Fault($"a row group has {chunks.Count} columns, the schema {leafCount}");
            decoder.Add(content, chunks[index], (int)group.Number(3));
        }

        return decoder.Finish();
    }

    private static ThriftStruct Footer(byte[] content)
    {
        ReadOnlySpan<byte> magic = ParquetWriter.Magic;
        if (content.Length < magic.Length + Trailer || !content.AsSpan().StartsWith(magic) || !content.AsSpan().EndsWith(magic))
            throw new TableException($"The file does not begin and end with PAR1 ({content.Length} bytes), so it is no Parquet file, is encrypted, or was cut off.") { ByteOffset = 0 };
        int length = BitConverter.ToInt32(content, content.Length - Trailer);
        if (length < 0 || length > content.Length - magic.Length - Trailer)
            throw new TableException($"Byte {content.Length - Trailer}: the footer would have {length} bytes of {content.Length}; the file is damaged.") { ByteOffset = content.Length - Trailer };
        int start = content.Length - Trailer - length;
        var reader = new ByteReader(content.AsSpan(start, length), start);
        return ThriftReader.Struct(ref reader);
    }
}
