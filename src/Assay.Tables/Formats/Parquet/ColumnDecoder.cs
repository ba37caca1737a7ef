namespace Assay.Tables.Parquet;

/// <summary>Collects the values of one column over all row groups of a file.</summary>
internal abstract class ColumnDecoder
{
    public static ColumnDecoder Of(ParquetLeaf leaf) => leaf.Physical switch
    {
        PhysicalType.Boolean or PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Int96 =>
            new ColumnDecoder<long>(leaf, new WholeReader(leaf.Physical), FinishedColumn.Whole),
        PhysicalType.Float or PhysicalType.Double => new ColumnDecoder<double>(leaf, new NumberReader(leaf.Physical == PhysicalType.Float), FinishedColumn.Numbers),
        PhysicalType.ByteArray or PhysicalType.FixedBytes =>
            new ColumnDecoder<string?>(leaf, new BytesReader(leaf.Physical == PhysicalType.ByteArray ? 0 : leaf.Length, FinishedColumn.TextOf(leaf)), FinishedColumn.Texts),
        _ => throw new System.Diagnostics.UnreachableException($"The schema let the type {leaf.Physical} pass."),
    };

    /// <summary>Reads the pages of one row group.</summary>
    public abstract void Add(ReadOnlySpan<byte> file, ThriftStruct chunk, int rowCount);

    public abstract Column Finish();
}

/// <inheritdoc/>
internal sealed class ColumnDecoder<T>(ParquetLeaf leaf, ValueReader<T> values, Func<ParquetLeaf, T[], Validity?, Column> finish) : ColumnDecoder
{
    private readonly ValueBuffer<T> _rows = new(ColumnType.String);

    public override void Add(ReadOnlySpan<byte> file, ThriftStruct chunk, int rowCount)
    {
        ThriftStruct metadata = chunk.Struct(3);
        long start = Math.Min(metadata.Number(9), metadata.Has(11) && metadata.Number(11) > 0 ? metadata.Number(11) : long.MaxValue);
        long size = metadata.Number(7);
        if (start < 0 || size < 0 || start > file.Length - size) throw chunk.Fault($"column '{leaf.Name}' lies at {start} with {size} bytes, outside of the file");
        if (metadata.Number(5) != rowCount) throw chunk.Fault($"column '{leaf.Name}' has {metadata.Number(5)} values for {rowCount} rows");

        var reader = new ByteReader(file.Slice((int)start, (int)size), start);
        T[]? dictionary = null;
        int end = _rows.Count + rowCount;
        while (_rows.Count < end)
        {
            Page page = Page.Read(ref reader, (Codec)metadata.Number(4), leaf.IsOptional, end - _rows.Count);
            var content = new ByteReader(page.Values, page.Offset);
            if (page.Type == PageType.Dictionary) dictionary = values.Plain(ref content, page.Count);
            else if (page.Type is PageType.Data or PageType.DataV2) AddPage(page, ref content, dictionary);
        }
    }

    public override Column Finish()
    {
        T[] all = _rows.Values.ToArray();
        return finish(leaf, all, leaf.IsOptional ? Validity.From(all.Length, _rows.IsValid) : null);
    }

    private void AddPage(Page page, ref ByteReader content, T[]? dictionary)
    {
        int[]? levels = page.Levels;
        int count = levels is null ? page.Count : levels.AsSpan().Count(1);
        T[] found = page.Encoding is PageEncoding.RleDictionary or PageEncoding.PlainDictionary
            ? Resolve(ref content, dictionary ?? throw content.Fault("a page needs a dictionary, but there is none"), count)
            : values.Read(ref content, page.Encoding, count);
        if (found.Length != count) throw content.Fault($"a page has {found.Length} values, not {count}");
        int next = 0;
        for (int i = 0; i < page.Count; i++)
            if (levels is null || levels[i] == 1) _rows.Add(found[next++]);
            else _rows.AddNulls(1);
    }

    private static T[] Resolve(ref ByteReader reader, T[] dictionary, int count)
    {
        if (count == 0) return [];
        var codes = new int[count];
        HybridDecoder.Decode(ref reader, reader.Byte(), codes);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            if ((uint)codes[i] >= (uint)dictionary.Length) throw reader.Fault($"a value is number {codes[i]} of a dictionary of {dictionary.Length}");
            values[i] = dictionary[codes[i]];
        }

        return values;
    }
}
