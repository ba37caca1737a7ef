using System.Runtime.InteropServices;
using System.Text.Unicode;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>Texts, and bytes as text: as they are where they are UTF-8, in base64 elsewhere.</summary>
internal static class ArrowTexts
{
    // Views may show the same bytes again and again, so a small file could hold a table of any size.
    private const int MostSharing = 1024, MostKnown = 1 << 16;

    public static Column Decode(ArrowParts parts)
    {
        var texts = new string?[parts.Count];
        int at = 0;
        foreach (ArrayData array in parts.Arrays)
        {
            if (array.Length > 0) Read(parts, array, texts.AsSpan(at, array.Length), ArrowParts.Valid(array));
            at += array.Length;
        }

        return parts.IsJson
            ? ColumnFactory.JsonOrText(parts.Name, texts, parts.Validity)
            : new TypedColumn<string?>(parts.Name, ColumnType.String, texts, parts.Validity);
    }

    private static void Read(ArrowParts parts, ArrayData array, Span<string?> target, Validity? validity)
    {
        switch (parts.Type)
        {
            case StringType or BinaryType:
                Ranges(parts, array, target, validity, MemoryMarshal.Cast<byte, int>(array.Buffers[1].Span), offset => offset);
                break;
            case LargeStringType or LargeBinaryType:
                Ranges(parts, array, target, validity, MemoryMarshal.Cast<byte, long>(array.Buffers[1].Span), offset => offset);
                break;
            case StringViewType or BinaryViewType: Views(parts, new BinaryViewArray(parts.Type.TypeId, array), target, validity); break;
            case FixedSizeBinaryType type: Fixed(parts, array.Buffers[1].Span, type.ByteWidth, target, validity); break;
            default:
                const string Remedy = "write them as plain values, text, a list or a struct";
                throw new NotSupportedException($"values of type {parts.Type.Name} are not supported; {Remedy}");
        }
    }

    /// <summary>Values between offsets, which never go back, so that all values are no longer than their bytes.</summary>
    private static void Ranges<T>(
        ArrowParts parts, ArrayData array, Span<string?> target, Validity? validity, ReadOnlySpan<T> offsets, Func<T, long> widen)
    {
        ReadOnlySpan<byte> bytes = array.Buffers[2].Span;
        long start = widen(offsets[0]);
        for (int i = 0; i < target.Length; i++)
        {
            long end = widen(offsets[i + 1]);
            if (start < 0 || end < start || end > bytes.Length)
                throw new InvalidDataException($"value {i} lies from {start} to {end} of {bytes.Length} bytes");
            if (validity is null || validity[i]) target[i] = Text(parts.Type, bytes[(int)start..(int)end]);
            start = end;
        }
    }

    /// <summary>Values of 16 bytes, which hold a short text themselves and the place of a long one. Equal views get one text.</summary>
    private static void Views(ArrowParts parts, BinaryViewArray array, Span<string?> target, Validity? validity)
    {
        ReadOnlySpan<UInt128> views = ArrowParts.Values<UInt128>(array.Data);
        long left = MostSharing * (1 + array.Data.Buffers.Sum(buffer => (long)buffer.Length));
        var known = new Dictionary<UInt128, string>();
        for (int i = 0; i < target.Length; i++)
        {
            if (validity is not null && !validity[i] || known.TryGetValue(views[i], out target[i])) continue;
            string text = Text(parts.Type, array.GetBytes(i));
            left -= text.Length;
            if (left < 0) throw new InvalidDataException($"the views show more than {MostSharing} times the bytes there are");
            target[i] = text;
            if (known.Count < MostKnown) known.Add(views[i], text);
        }
    }

    private static void Fixed(ArrowParts parts, ReadOnlySpan<byte> bytes, int size, Span<string?> target, Validity? validity)
    {
        for (int i = 0; i < target.Length; i++)
        {
            if (validity is not null && !validity[i]) continue;
            ReadOnlySpan<byte> value = bytes.Slice(i * size, size);
            target[i] = size == 16 && parts.IsUuid ? new Guid(value, bigEndian: true).ToString() : BinaryText.Of(value);
        }
    }

    private static string Text(IArrowType type, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        return type is StringType or LargeStringType or StringViewType
            ? throw new InvalidDataException("a text is not UTF-8")
            : Convert.ToBase64String(bytes);
    }
}
