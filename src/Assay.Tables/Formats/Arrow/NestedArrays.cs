using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Assay.Tables.Arrow;

/// <summary>Lists, structs and maps as JSON: arrays, objects, and arrays of objects with <c>key</c> and <c>value</c>.</summary>
internal static class NestedArrays
{
    // A value of few bytes may have a long name or take more digits, but not without end: a dictionary of long texts could be repeated for ever.
    private const int MostPerByte = 256;
    private const int MostAnyway = 1 << 20;

    public static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        var texts = new string?[count];
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, JsonText.Writing);
        long left = MostAnyway + MostPerByte * parts.Sum(Size);
        int at = 0;
        foreach (ArrowArray part in parts)
        {
            NestedCells cells = NestedCells.Of(part);
            for (int i = 0; i < part.Length; i++, at++)
            {
                if (validity is not null && !validity[at]) continue;
                buffer.ResetWrittenCount();
                writer.Reset();
                cells.Write(writer, i);
                writer.Flush();
                left -= buffer.WrittenCount;
                if (left < 0) throw part.Fault(part.Offset, "its values as JSON are out of all proportion to their bytes");
                texts[at] = Encoding.UTF8.GetString(buffer.WrittenSpan);
            }
        }

        return new TypedColumn<string?>(field.Name, ColumnType.Json, texts, validity);
    }

    private static long Size(ArrowArray array) => array.Buffers.Sum(buffer => (long)buffer.Length) + array.Children.Sum(Size);
}
