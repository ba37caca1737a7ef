namespace Assay.Tables.Parquet;

/// <summary>Reads the values of one column in every encoding its physical type has. Codes of a dictionary are resolved by the caller.</summary>
internal abstract class ValueReader<T>
{
    public abstract T[] Plain(ref ByteReader reader, int count);

    public virtual T[] Read(ref ByteReader reader, PageEncoding encoding, int count) => encoding == PageEncoding.Plain
        ? Plain(ref reader, count)
        : throw Unknown(ref reader, encoding);

    protected static TableException Unknown(ref ByteReader reader, PageEncoding encoding) =>
        new($"Byte {reader.Offset}: values are encoded as {encoding}, which is not known for their type; write the file with another encoding.") { ByteOffset = reader.Offset };

    /// <summary>Puts the bytes of each value together that <see cref="PageEncoding.ByteStreamSplit"/> spreads.</summary>
    protected static byte[] Unsplit(ref ByteReader reader, int count, int size)
    {
        ReadOnlySpan<byte> split = reader.Take((long)count * size);
        var values = new byte[split.Length];
        for (int i = 0; i < split.Length; i++) values[i % count * size + i / count] = split[i];
        return values;
    }
}
