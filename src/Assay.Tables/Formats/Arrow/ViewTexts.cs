using System.Buffers.Binary;

namespace Assay.Tables.Arrow;

/// <summary>
/// Texts as views: 16 bytes each, which hold a short text themselves and say of a long one where it lies. Views may show the same bytes, so
/// a small file could hold a table of any size; as soon as they do, equal views get one text, and how much the rest may show is bounded.
/// </summary>
internal sealed class ViewTexts(ArrowArray array)
{
    private const int ViewSize = 16;
    private const int LongestInline = 12;
    private const int MostSharing = 16;

    private readonly Dictionary<(int Buffer, int Offset, int Length), string> _known = [];
    private readonly long _dataSize = array.Buffers.Skip(2).Sum(buffer => (long)buffer.Length);
    private long _shown;

    public void Decode(Span<string?> target)
    {
        ReadOnlySpan<byte> views = array.Buffers[1].Span;
        for (int i = 0; i < target.Length; i++)
        {
            if (array.Validity is { } validity && !validity[i]) continue;
            target[i] = Text(views.Slice(i * ViewSize, ViewSize), array.Offset + (long)i * ViewSize);
        }
    }

    private string Text(ReadOnlySpan<byte> view, long place)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(view);
        if (length is >= 0 and <= LongestInline) return TextArrays.Text(array, view.Slice(4, length), place);
        int index = BinaryPrimitives.ReadInt32LittleEndian(view[8..]), offset = BinaryPrimitives.ReadInt32LittleEndian(view[12..]);
        int buffers = array.Buffers.Count - 2;
        if (length < 0 || index < 0 || index >= buffers) throw array.Fault(place, $"a view shows {length} bytes of buffer {index} of {buffers}");
        ArrowBuffer data = array.Buffers[2 + index];
        if (offset < 0 || length > data.Length - offset) throw array.Fault(place, $"a view shows {length} bytes at {offset} of {data.Length}");

        _shown += length;
        if (_shown <= _dataSize) return TextArrays.Text(array, data.Span.Slice(offset, length), data.Offset + offset);
        if (_known.TryGetValue((index, offset, length), out string? known))
        {
            _shown -= length;
            return known;
        }

        if (_shown > _dataSize * MostSharing) throw array.Fault(place, $"the views show more than {MostSharing} times the bytes there are");
        string text = TextArrays.Text(array, data.Span.Slice(offset, length), data.Offset + offset);
        _known.Add((index, offset, length), text);
        return text;
    }
}
