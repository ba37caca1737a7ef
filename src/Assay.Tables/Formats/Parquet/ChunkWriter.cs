namespace Assay.Tables.Parquet;

/// <summary>
/// Encodes one column, one row group after the other: perhaps a dictionary page, then data pages. A group takes the memory of the one before it.
/// </summary>
internal sealed class ChunkWriter(WrittenColumn column, Codec codec)
{
    private readonly ByteWriter _chunk = new(1 << 12);
    private readonly ByteWriter _page = new(1 << 12);
    private readonly DictionaryCodes _codes = new();
    private int[] _levels = [];
    private int _uncompressed;

    /// <summary>The row group encoded last.</summary>
    public ReadOnlySpan<byte> Bytes => _chunk.Written;

    public ChunkMetadata Encode(int from, int to)
    {
        _chunk.Clear();
        _uncompressed = 0;
        int? dictionaryEnd = null;
        if (column.Encoder.TryDictionary(_page, from, to, _codes)) dictionaryEnd = EncodeCodes(from, to);
        else EncodePlain(from, to);
        return new ChunkMetadata(column, codec, to - from)
        {
            UncompressedSize = _uncompressed,
            Size = _chunk.Length,
            DictionaryEnd = dictionaryEnd,
            NullCount = column.Encoder.Validity is { } validity ? Enumerable.Range(from, to - from).Count(row => !validity[row]) : 0,
            Range = column.Encoder.Range(from, to),
        };
    }

    private int EncodeCodes(int from, int to)
    {
        WritePage(PageType.Dictionary, _codes.Distinct, PageEncoding.Plain);
        int end = _chunk.Length;
        Levels(from, to);
        int width = Math.Max(1, HybridEncoder.WidthOf(_codes.Distinct - 1));
        _page.Byte((byte)width);
        HybridEncoder.Encode(_page, _codes.Values, width);
        WritePage(PageType.Data, to - from, PageEncoding.RleDictionary);
        return end;
    }

    private void EncodePlain(int from, int to)
    {
        // A dictionary that was given up has left its values behind.
        _page.Clear();
        for (int start = from; start < to;)
        {
            int end = column.Encoder.PageEnd(start, to);
            Levels(start, end);
            column.Encoder.Plain(_page, start, end);
            WritePage(PageType.Data, end - start, PageEncoding.Plain);
            start = end;
        }
    }

    /// <summary>Definition levels: 1 where there is a value, 0 where null, with the size of their encoding in front.</summary>
    private void Levels(int start, int end)
    {
        if (_levels.Length < end - start) _levels = new int[end - start];
        Span<int> levels = _levels.AsSpan(0, end - start);
        if (column.Encoder.Validity is null) levels.Fill(1);
        else
            for (int i = 0; i < levels.Length; i++) levels[i] = column.Encoder.IsValid(start + i) ? 1 : 0;
        int sizeAt = _page.Length;
        _page.Int32(0);
        HybridEncoder.Encode(_page, levels, width: 1);
        _page.PatchInt32(sizeAt, _page.Length - sizeAt - sizeof(int));
    }

    private void WritePage(PageType type, int values, PageEncoding encoding)
    {
        ReadOnlySpan<byte> packed = Compression.Pack(codec, _page.Written);
        int packedSize = packed.Length;
        int headerStart = _chunk.Length;
        var thrift = new ThriftWriter(_chunk);
        thrift.Struct(() =>
        {
            thrift.Field(1, (int)type);
            thrift.Field(2, _page.Length);
            thrift.Field(3, packedSize);
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
