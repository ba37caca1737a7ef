using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Assay.Tables.Arrow;

/// <summary>Texts, and bytes as text: as they are where they are UTF-8, in base64 elsewhere.</summary>
internal static class TextArrays
{
    public static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        var texts = new string?[count];
        int at = 0;
        foreach (ArrowArray part in parts)
        {
            Span<string?> target = texts.AsSpan(at, part.Length);
            if (field.Type.Kind == ArrowKind.FixedBinary) Fixed(part, target);
            else if (ArrowLayout.IsView(field.Type)) new ViewTexts(part).Decode(target);
            else if (field.Type.IsLarge) Ranges(part, target, part.Length == 0 ? [] : MemoryMarshal.Cast<byte, long>(part.Buffers[1].Span), offset => offset);
            else Ranges(part, target, part.Length == 0 ? [] : MemoryMarshal.Cast<byte, int>(part.Buffers[1].Span), offset => offset);
            at += part.Length;
        }

        return field.IsJson ? ColumnFactory.JsonOrText(field.Name, texts, validity) : new TypedColumn<string?>(field.Name, ColumnType.String, texts, validity);
    }

    /// <summary>A value as text. Bytes that should be UTF-8 and are not are a fault of the file.</summary>
    public static string Text(ArrowArray array, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        return array.Type.IsText ? throw array.Fault(offset, "a text is not UTF-8") : Convert.ToBase64String(bytes);
    }

    /// <summary>Values between one offset and the next. Offsets never go back, so that the values together are no longer than their bytes.</summary>
    private static void Ranges<T>(ArrowArray array, Span<string?> target, ReadOnlySpan<T> offsets, Func<T, long> widen) where T : unmanaged
    {
        if (target.Length == 0) return;
        ArrowBuffer data = array.Buffers[2];
        ReadOnlySpan<byte> bytes = data.Span;
        long start = widen(offsets[0]);
        for (int i = 0; i < target.Length; i++)
        {
            long end = widen(offsets[i + 1]);
            if (start < 0 || end < start || end > bytes.Length) throw array.Fault(array.Offset, $"value {i} lies from {start} to {end} of {bytes.Length} bytes");
            if (array.Validity is not { } validity || validity[i]) target[i] = Text(array, bytes[(int)start..(int)end], data.Offset + start);
            start = end;
        }
    }

    private static void Fixed(ArrowArray array, Span<string?> target)
    {
        int size = array.Type.Width / 8;
        bool isUuid = size == 16 && array.Field.Extension == ArrowField.UuidExtension;
        ReadOnlySpan<byte> bytes = array.Buffers[1].Span;
        for (int i = 0; i < target.Length; i++)
        {
            if (array.Validity is { } validity && !validity[i]) continue;
            ReadOnlySpan<byte> value = bytes.Slice(i * size, size);
            target[i] = isUuid ? new Guid(value, bigEndian: true).ToString() : Text(array, value, array.Offset + (long)i * size);
        }
    }
}
