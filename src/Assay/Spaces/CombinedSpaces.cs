using System.Collections.Immutable;
using System.Numerics;

namespace Assay;

/// <summary>A space of the points of several spaces, one space after the other.</summary>
internal sealed class UnionSpace<T>(ImmutableArray<Space<T>> parts) : Space<T>
{
    private readonly ImmutableArray<Space<T>> _parts = parts.All(part => part is not null) ? parts
        : throw new ArgumentException("One of the spaces is null; leave it out.", nameof(parts));

    private readonly Lazy<Layout> _layout = new(() => Layout.Of(parts));

    public override IReadOnlyList<string> Faults => _layout.Value.Faults;
    public override IReadOnlyList<string> Notes => [.. _parts.SelectMany((part, i) => part.Notes.Select(note => $"part {i + 1}: {note}"))];
    private protected override long PointCount => _layout.Value.Ends[^1];

    private protected override T PointAt(long index)
    {
        (Space<T> part, long local) = Find(index);
        return part[local];
    }

    private protected override IReadOnlyList<KeyValuePair<string, object?>> LabelsAt(long index)
    {
        (Space<T> part, long local) = Find(index);
        return part.Labels(local);
    }

    public override SpaceDescription Describe() => new("union", CountIfValid, [], [.. _parts.Select(part => part.Describe())]);

    internal override Space<T> WithAxis(AxisTexts axis, ICollection<string> faults) =>
        new UnionSpace<T>([.. _parts.Select(part => part.WithAxis(axis, faults))]);

    private (Space<T> Part, long Local) Find(long index)
    {
        ImmutableArray<long> ends = _layout.Value.Ends;
        int found = ends.BinarySearch(index);
        // An exact match is the end of a part, so the index belongs to a later part.
        int part = found < 0 ? ~found : found + 1;
        return (_parts[part], index - (part == 0 ? 0 : ends[part - 1]));
    }

    private sealed record Layout(ImmutableArray<long> Ends, IReadOnlyList<string> Faults)
    {
        public static Layout Of(ImmutableArray<Space<T>> parts)
        {
            if (parts.IsEmpty) return new Layout([], ["the union has no parts; give at least one space"]);
            string[] faults = [.. parts.SelectMany((part, i) => part.Faults.Select(fault => $"part {i + 1} of the union: {fault}"))];
            if (faults.Length > 0) return new Layout([], faults);

            var ends = ImmutableArray.CreateBuilder<long>(parts.Length);
            Int128 end = 0;
            foreach (Space<T> part in parts)
            {
                end += part.Count;
                if (end > long.MaxValue)
                    return new Layout([], [$"the union has {end} points, expected at most {long.MaxValue}; use fewer points"]);
                ends.Add((long)end);
            }
            return new Layout(ends.MoveToImmutable(), []);
        }
    }
}

/// <summary>A space of the points of another space that satisfy a condition.</summary>
internal sealed class FilteredSpace<T>(Space<T> source, Func<T, bool> predicate) : Space<T>
{
    private const long MaxPoints = 1L << 33;
    private readonly Lazy<Selection> _selection = new(() => Selection.Of(source, predicate));

    public override IReadOnlyList<string> Faults => _selection.Value.Faults;
    public override IReadOnlyList<string> Notes => source.Notes;
    private protected override long PointCount => _selection.Value.Map.Count;

    private protected override T PointAt(long index) => source[_selection.Value.Map.Select(index)];

    private protected override IReadOnlyList<KeyValuePair<string, object?>> LabelsAt(long index) =>
        source.Labels(_selection.Value.Map.Select(index));

    public override SpaceDescription Describe() => new("filter", CountIfValid, [], [source.Describe()]);

    internal override Space<T> WithAxis(AxisTexts axis, ICollection<string> faults) =>
        new FilteredSpace<T>(source.WithAxis(axis, faults), predicate);

    private sealed record Selection(RankBitmap Map, IReadOnlyList<string> Faults)
    {
        private static readonly RankBitmap Nothing = RankBitmap.Scan(0, _ => false);

        public static Selection Of(Space<T> source, Func<T, bool> predicate)
        {
            if (source.Faults.Count > 0) return new Selection(Nothing, source.Faults);
            long count = source.Count;
            if (count > MaxPoints)
                return Faulty($"would evaluate {count} points, expected at most {MaxPoints}; leave values out of the axes instead");

            long position = 0;
            try
            {
                RankBitmap map = RankBitmap.Scan(count, i => predicate(source[position = i]));
                return map.Count > 0 ? new Selection(map, []) : Faulty($"keeps none of the {count} points; loosen its condition");
            }
            catch (Exception e) // The predicate is the user's code: whatever it throws is a fault of the declaration.
            {
                return Faulty($"failed at point {position}: {e.GetType().Name}: {ExceptionText.Clause(e)}; make it return false instead");
            }
        }

        private static Selection Faulty(string fault) => new(Nothing, ["the filter " + fault]);
    }
}

/// <summary>A set of positions, one bit each, with the number of set bits before every 512. Immutable and thread-safe.</summary>
internal sealed class RankBitmap
{
    private const int WordsPerBlock = 8;
    private readonly ulong[] _words;
    private readonly long[] _before;

    private RankBitmap(long positions)
    {
        _words = new ulong[(positions + 63) / 64];
        _before = new long[(_words.Length + WordsPerBlock - 1) / WordsPerBlock];
    }

    public long Count { get; private set; }

    /// <summary>Creates a set by testing every position from 0 to <paramref name="positions"/> − 1 once, in order.</summary>
    public static RankBitmap Scan(long positions, Func<long, bool> contains)
    {
        var map = new RankBitmap(positions);
        for (int word = 0; word < map._words.Length; word++)
        {
            if (word % WordsPerBlock == 0) map._before[word / WordsPerBlock] = map.Count;
            long start = word * 64L, end = Math.Min(start + 64, positions);
            ulong bits = 0;
            for (long position = start; position < end; position++)
                if (contains(position)) bits |= 1UL << (int)(position - start);
            map._words[word] = bits;
            map.Count += BitOperations.PopCount(bits);
        }
        return map;
    }

    /// <summary>The position with <paramref name="rank"/> positions of the set before it, for a rank below <see cref="Count"/>.</summary>
    public long Select(long rank)
    {
        int block = Block(rank);
        long left = rank - _before[block];
        int word = block * WordsPerBlock;
        while (BitOperations.PopCount(_words[word]) is var inWord && inWord <= left) (left, word) = (left - inWord, word + 1);
        ulong bits = _words[word];
        for (; left > 0; left--) bits &= bits - 1;
        return word * 64L + BitOperations.TrailingZeroCount(bits);
    }

    // The last block with at most `rank` bits before it. Blocks without bits have the same number as their successor and are skipped.
    private int Block(long rank)
    {
        int low = 0, high = _before.Length - 1;
        while (low < high)
        {
            int middle = low + (high - low + 1) / 2;
            if (_before[middle] <= rank) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
