using System.Text;

namespace Assay.Tables.Arrow;

/// <summary>
/// Writes flatbuffers, the encoding of Arrow's metadata: from front to back, every table before what it refers to, because references
/// point forward only.
/// </summary>
internal static class FlatWriter
{
    private const int Reference = 4;

    public static byte[] Write(FlatNode root)
    {
        var bytes = new ByteWriter();
        bytes.Int32(0);
        Refer(bytes, 0, Table(bytes, root));
        return bytes.ToArray();
    }

    private static int Table(ByteWriter bytes, FlatNode node)
    {
        int[] offsets = Layout(node.Slots, out int size);
        int header = 4 + 2 * offsets.Length;
        // The table begins at a multiple of 8, so that numbers aligned within it are aligned in the buffer too.
        Align(bytes, 8, behind: header);
        bytes.Int16(header);
        bytes.Int16(size);
        foreach (int offset in offsets) bytes.Int16(offset);

        int table = bytes.Length;
        bytes.Int32(header);
        bytes.Zeros(size - 4);
        for (int i = 0; i < offsets.Length; i++)
        {
            int place = table + offsets[i];
            if (node.Slots[i] is FlatNumber number) bytes.Patch(place, number.Value, number.Size);
            else if (node.Slots[i] is { } value) Refer(bytes, place, Target(bytes, value));
        }

        return table;
    }

    /// <summary>Where each slot lies in its table, after the reference to the header: large numbers first, so that none needs padding but the first.</summary>
    private static int[] Layout(IReadOnlyList<FlatValue?> slots, out int size)
    {
        var offsets = new int[slots.Count];
        size = 4;
        foreach (int width in (int[])[8, 4, 2, 1])
            for (int i = 0; i < offsets.Length; i++)
            {
                if (slots[i] is not { } value || Width(value) != width) continue;
                size = (size + width - 1) / width * width;
                offsets[i] = size;
                size += width;
            }

        return offsets;
    }

    private static int Width(FlatValue value) => value is FlatNumber number ? number.Size : Reference;

    private static int Target(ByteWriter bytes, FlatValue value)
    {
        switch (value)
        {
            case FlatNode node: return Table(bytes, node);
            case FlatText text: return Text(bytes, text.Text);
            case FlatNodes nodes: return Tables(bytes, nodes.Items);
            default:
                var structs = (FlatStructs)value;
                Align(bytes, 8, behind: 4);
                int start = bytes.Length;
                bytes.Int32(structs.Words.Count / structs.WordsPerStruct);
                foreach (long word in structs.Words) bytes.Int64(word);
                return start;
        }
    }

    private static int Text(ByteWriter bytes, string text)
    {
        Align(bytes, 4);
        int start = bytes.Length;
        bytes.Int32(Encoding.UTF8.GetByteCount(text));
        bytes.Utf8(text);
        bytes.Byte(0);
        return start;
    }

    private static int Tables(ByteWriter bytes, IReadOnlyList<FlatNode> items)
    {
        Align(bytes, 4);
        int start = bytes.Length;
        bytes.Int32(items.Count);
        bytes.Zeros(Reference * items.Count);
        for (int i = 0; i < items.Count; i++) Refer(bytes, start + 4 + Reference * i, Table(bytes, items[i]));
        return start;
    }

    private static void Refer(ByteWriter bytes, int place, int target) => bytes.PatchInt32(place, target - place);

    /// <summary>Pads so that what comes after <paramref name="behind"/> more bytes is aligned.</summary>
    private static void Align(ByteWriter bytes, int alignment, int behind = 0)
    {
        int excess = (bytes.Length + behind) % alignment;
        if (excess > 0) bytes.Zeros(alignment - excess);
    }
}
