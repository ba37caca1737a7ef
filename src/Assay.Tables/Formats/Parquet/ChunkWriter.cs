namespace Assay.Tables.Parquet;

/// <summary>Encodes the rows of one column in one row group: perhaps a dictionary page, then data pages.</summary>
internal sealed class ChunkWriter(WrittenColumn column, Codec codec, int from, int to)
{
    private readonly ByteWriter _chunk = new(1 << 12);
    private readonly ByteWriter _page = new(1 << 12);
    private int[] _levels = [];
    private int _uncompressed;
    private int? _dictionaryEnd;

    public ReadOnlySpan<byte> Bytes => _chunk.Written;

    public int UncompressedSize => _uncompressed;

    public ChunkWriter Encode()
    {
        ColumnEncoder encoder = column.Encoder;
        int[]? codes = encoder.Dictionary(_page, from, to, out int distinct);
        if (codes is not null)
        {
            WritePage(PageType.Dictionary, distinct, PageEncoding.Plain);
            _dictionaryEnd = _chunk.Length;
            Levels(from, to);
            int width = Math.Max(1, HybridEncoder.WidthOf(distinct - 1));
            _page.Byte((byte)width);
            HybridEncoder.Encode(_page, codes, width);
            WritePage(PageType.Data, to - from, PageEncoding.RleDictionary);
            return this;
        }

        // A dictionary that was given up has left its values behind.
        _page.Clear();
        for (int start = from; start < to;)
        {
            int end = encoder.PageEnd(start, to);
            Levels(start, end);
            encoder.Plain(_page, start, end);
            WritePage(PageType.Data, end - start, PageEncoding.Plain);
            start = end;
        }

        return this;
    }

    /// <summary>The chunk's entry in the row group, which begins at <paramref name="offset"/> in the file.</summary>
    public void WriteMetadata(ThriftWriter thrift, long offset) => thrift.Struct(() =>
    {
        thrift.Field(2, offset);
        thrift.Struct(3, () =>
        {
            PageEncoding[] encodings = _dictionaryEnd is null ? [PageEncoding.Plain, PageEncoding.Rle] : [PageEncoding.Plain, PageEncoding.Rle, PageEncoding.RleDictionary];
            thrift.Field(1, (int)column.Encoder.Type);
            thrift.List(2, ThriftType.Int32, encodings, encoding => thrift.Number((int)encoding));
            thrift.List(3, ThriftType.Binary, [column.Name], thrift.Text);
            thrift.Field(4, (int)codec);
            thrift.Field(5, (long)(to - from));
            thrift.Field(6, (long)_uncompressed);
            thrift.Field(7, (long)_chunk.Length);
            thrift.Field(9, offset + (_dictionaryEnd ?? 0));
            if (_dictionaryEnd is not null) thrift.Field(11, offset);
            thrift.Struct(12, () => WriteStatistics(thrift));
        });
    });

    private void WriteStatistics(ThriftWriter thrift)
    {
        long nulls = 0;
        for (int row = from; row < to; row++)
            if (!column.Encoder.IsValid(row)) nulls++;
        thrift.Field(3, nulls);
        if (column.Encoder.Range(from, to) is not { } range) return;
        thrift.Field(5, range.Max);
        thrift.Field(6, range.Min);
    }

    /// <summary>Definition levels: 1 where there is a value, 0 where null, with the size of their encoding in front.</summary>
    private void Levels(int start, int end)
    {
        if (_levels.Length < end - start) _levels = new int[end - start];
        Span<int> levels = _levels.AsSpan(0, end - start);
        for (int i = 0; i < levels.Length; i++) levels[i] = column.Encoder.IsValid(start + i) ? 1 : 0;
        _page.Int32(0);
        HybridEncoder.Encode(_page, levels, width: 1);
        _page.PatchInt32(0, _page.Length - 4);
    }

    private void WritePage(PageType type, int values, PageEncoding encoding)
    {
        byte[] packed = Compression.Pack(codec, _page.Written);
        int headerStart = _chunk.Length;
        var thrift = new ThriftWriter(_chunk);
        thrift.Struct(() =>
        {
            thrift.Field(1, (int)type);
            thrift.Field(2, _page.Length);
            thrift.Field(3, packed.Length);
            thrift.Struct(type == PageType.Dictionary ? 7 : 5, () =>
            {
                thrift.Field(1, values);
                thrift.Field(2, (int)encoding);
                if (type == PageType.Dictionary) return;
                thrift.Field(3, (int)PageEncoding.Rle);
                thrift.Field(4, (int)PageEncoding.Rle);
            });
        });
        _uncompressed += _chunk.Length - headerStart + _page.Length;
        _chunk.Bytes(packed);
        _page.Clear();
    }
}
