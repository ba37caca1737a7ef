namespace Assay;

/// <summary>Puts rows of segments, each in order, into one order: by start, then by id.</summary>
internal sealed class RowMerger
{
    private readonly RunSegment[] _segments;
    private readonly int[] _bases;

    public RowMerger(RunSegment[] segments)
    {
        _segments = segments;
        _bases = new int[segments.Length];
        for (int i = 1; i < segments.Length; i++) _bases[i] = _bases[i - 1] + segments[i - 1].Rows;
    }

    public int[] Merge(List<int[]> parts)
    {
        List<int[]> left = parts.FindAll(p => p.Length > 0);
        left.Sort((a, b) => Compare(a[0], b[0]));
        while (left.Count > 1)
        {
            var next = new List<int[]>();
            for (int i = 0; i < left.Count; i += 2) next.Add(i + 1 < left.Count ? Merge(left[i], left[i + 1]) : left[i]);
            left = next;
        }

        return left.Count == 0 ? [] : left[0];
    }

    // Segments follow each other in time but for a little at their ends, which is all that is looked at.
    private int[] Merge(int[] a, int[] b)
    {
        var merged = new int[a.Length + b.Length];
        int i = FirstBehind(a, b[0]), j = 0, at = i;
        a.AsSpan(0, i).CopyTo(merged);
        while (i < a.Length && j < b.Length) merged[at++] = Compare(b[j], a[i]) < 0 ? b[j++] : a[i++];
        a.AsSpan(i).CopyTo(merged.AsSpan(at));
        b.AsSpan(j).CopyTo(merged.AsSpan(at + a.Length - i));
        return merged;
    }

    private int FirstBehind(int[] rows, int row)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            if (Compare(rows[middle], row) <= 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private int Compare(int a, int b)
    {
        (RunSegment one, int rowOfOne) = Place(a);
        (RunSegment other, int rowOfOther) = Place(b);
        int order = one.StartedAt(rowOfOne).CompareTo(other.StartedAt(rowOfOther));
        return order != 0 ? order : one.Id(rowOfOne).CompareTo(other.Id(rowOfOther));
    }

    private (RunSegment Segment, int Row) Place(int row)
    {
        // The last one that does not begin behind it: before it may be empty ones that begin at the same place.
        int low = 0, high = _bases.Length;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_bases[middle] <= row) low = middle;
            else high = middle;
        }

        return (_segments[low], row - _bases[low]);
    }
}
