using System.Text;

namespace Assay.Tables.Arrow;

/// <summary>The values of one column in one batch, in the buffers that its type asks for.</summary>
internal sealed record OutgoingArray(int Length, int NullCount, IReadOnlyList<OutgoingBuffer> Buffers)
{
    public static OutgoingArray Fixed<T>(IValues<T> values, int from, int count, Validity? validity) where T : unmanaged =>
        new(count, validity?.NullCount ?? 0, [Bitmap(validity), new ValuesBuffer<T>(values, from, count)]);

    public static OutgoingArray FixedBytes(ReadOnlyMemory<byte> values, int count, Validity? validity) =>
        new(count, validity?.NullCount ?? 0, [Bitmap(validity), new ValuesBuffer<byte>(new MemoryValues<byte>(values), 0, values.Length)]);

    public static OutgoingArray Booleans(ReadOnlySpan<bool> values, Validity? validity)
    {
        var bits = new byte[(values.Length + 7) / 8];
        for (int i = 0; i < values.Length; i++)
            if (values[i]) bits[i >> 3] |= (byte)(1 << (i & 7));
        return FixedBytes(bits, values.Length, validity);
    }

    /// <summary>Texts with offsets of 32 bits, or of 64 where they are <paramref name="isLarge"/>.</summary>
    public static OutgoingArray Texts(IValues<string?> texts, int from, int count, Validity? validity, bool isLarge)
    {
        ReadOnlySpan<string?> values = texts.Values.Slice(from, count);
        long length = 0;
        OutgoingBuffer offsets;
        if (isLarge)
        {
            var ends = new long[count + 1];
            for (int i = 0; i < count; i++) ends[i + 1] = length += Size(values[i]);
            offsets = new ValuesBuffer<long>(new MemoryValues<long>(ends), 0, ends.Length);
        }
        else
        {
            var ends = new int[count + 1];
            for (int i = 0; i < count; i++) ends[i + 1] = (int)(length += Size(values[i]));
            offsets = new ValuesBuffer<int>(new MemoryValues<int>(ends), 0, ends.Length);
        }

        return new(count, validity?.NullCount ?? 0, [Bitmap(validity), offsets, new TextBuffer(texts, from, count, length)]);
    }

    /// <summary>Texts that are in UTF-8 already, each from its place to that of the next.</summary>
    public static OutgoingArray Utf8(ReadOnlyMemory<int> places, ReadOnlyMemory<byte> bytes) =>
        new(places.Length - 1, 0, [OutgoingBuffer.Empty, new ValuesBuffer<int>(new MemoryValues<int>(places), 0, places.Length), new ValuesBuffer<byte>(new MemoryValues<byte>(bytes), 0, bytes.Length)]);

    /// <summary>Whether the texts of some batch have more bytes than 32 bits can count.</summary>
    public static bool NeedsLarge(ReadOnlySpan<string?> texts, int batchSize, long limit = int.MaxValue)
    {
        const int MostPerCharacter = 3;
        for (int from = 0; from < texts.Length; from += Math.Min(batchSize, texts.Length - from))
        {
            ReadOnlySpan<string?> batch = texts.Slice(from, Math.Min(batchSize, texts.Length - from));
            long bound = 0, exact = 0;
            foreach (string? text in batch) bound += (text?.Length ?? 0) * (long)MostPerCharacter;
            if (bound <= limit) continue;
            foreach (string? text in batch) exact += Size(text);
            if (exact > limit) return true;
        }

        return false;
    }

    private static int Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static OutgoingBuffer Bitmap(Validity? validity) => validity is null
        ? OutgoingBuffer.Empty
        : new ValuesBuffer<ulong>(new MemoryValues<ulong>(validity.Memory), 0, validity.Words.Length);
}
