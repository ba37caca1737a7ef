namespace Assay.Tables.Parquet;

/// <summary>What the footer says about one column in one row group.</summary>
internal sealed record ChunkMetadata(WrittenColumn Column, Codec Codec, int RowCount)
{
    /// <summary>Bytes of all pages with their headers, before they were packed.</summary>
    public required int UncompressedSize { get; init; }

    /// <summary>Bytes in the file.</summary>
    public required int Size { get; init; }

    /// <summary>Where the data pages begin behind a dictionary; null without one.</summary>
    public required int? DictionaryEnd { get; init; }

    public required int NullCount { get; init; }

    public required (byte[] Min, byte[] Max)? Range { get; init; }

    /// <summary>The chunk's entry in the row group, where it begins at <paramref name="offset"/> in the file.</summary>
    public void Write(ThriftWriter thrift, long offset) => thrift.Struct(() =>
    {
        thrift.Field(2, offset);
        thrift.Struct(3, () =>
        {
            PageEncoding[] encodings = DictionaryEnd is null ? [PageEncoding.Plain, PageEncoding.Rle] : [PageEncoding.Plain, PageEncoding.Rle, PageEncoding.RleDictionary];
            thrift.Field(1, (int)Column.Encoder.Type);
            thrift.List(2, ThriftType.Int32, encodings, encoding => thrift.Number((int)encoding));
            thrift.List(3, ThriftType.Binary, [Column.Name], thrift.Text);
            thrift.Field(4, (int)Codec);
            thrift.Field(5, (long)RowCount);
            thrift.Field(6, (long)UncompressedSize);
            thrift.Field(7, (long)Size);
            thrift.Field(9, offset + (DictionaryEnd ?? 0));
            if (DictionaryEnd is not null) thrift.Field(11, offset);
            thrift.Struct(12, () => WriteStatistics(thrift));
        });
    });

    private void WriteStatistics(ThriftWriter thrift)
    {
        thrift.Field(3, (long)NullCount);
        if (Range is not { } range) return;
        thrift.Field(5, range.Max);
        thrift.Field(6, range.Min);
    }
}
