namespace Assay.Tables.Parquet;

/// <summary>Values of bytes, of one length (<paramref name="length"/>) or, where that is 0, of a length each, as text.</summary>
internal sealed class BytesReader(int length, Func<ReadOnlySpan<byte>, string> text) : ValueReader<string?>
{
    public override string?[] Read(ref ByteReader reader, PageEncoding encoding, int count)
    {
        switch (encoding)
        {
            case PageEncoding.DeltaLengthByteArray when length == 0:
                return Lengths(ref reader, DeltaDecoder.Decode(ref reader, count));
            case PageEncoding.DeltaByteArray:
                return Prefixed(ref reader, DeltaDecoder.Decode(ref reader, count), DeltaDecoder.Decode(ref reader, count));
            case PageEncoding.ByteStreamSplit when length > 0:
                var values = new ByteReader(Unsplit(ref reader, count, length), reader.Offset);
                return Plain(ref values, count);
            default:
                return base.Read(ref reader, encoding, count);
        }
    }

    public override string?[] Plain(ref ByteReader reader, int count)
    {
        var values = new string?[reader.Count(count, length == 0 ? 4 : length)];
        for (int i = 0; i < values.Length; i++) values[i] = text(reader.Take(length == 0 ? reader.Int32() : length));
        return values;
    }

    private string?[] Lengths(ref ByteReader reader, long[] lengths)
    {
        var values = new string?[lengths.Length];
        for (int i = 0; i < values.Length; i++) values[i] = text(reader.Take(lengths[i]));
        return values;
    }

    /// <summary>Each value begins with so many bytes of the one before it.</summary>
    private string?[] Prefixed(ref ByteReader reader, long[] prefixes, long[] suffixes)
    {
        var values = new string?[prefixes.Length];
        byte[] last = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (prefixes[i] < 0 || prefixes[i] > last.Length) throw reader.Fault($"a value shares {prefixes[i]} bytes with one of {last.Length}");
            last = [.. last.AsSpan(0, (int)prefixes[i]), .. reader.Take(suffixes[i])];
            values[i] = text(last);
        }

        return values;
    }
}
