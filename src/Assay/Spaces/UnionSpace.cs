using System.Collections.Immutable;

namespace Assay;

/// <summary>Spaces one after the other.</summary>
internal sealed class UnionSpace<T> : Space<T>
{
    private readonly ImmutableArray<Space<T>> _parts;
    private readonly Lazy<Layout> _layout;

    public UnionSpace(ImmutableArray<Space<T>> parts)
    {
        if (parts.Any(part => part is null)) throw new ArgumentException("One of the spaces is null; leave it out.", nameof(parts));
        _parts = parts;
        _layout = new Lazy<Layout>(() => Layout.Of(parts));
    }

    public override IReadOnlyList<string> Faults => _layout.Value.Faults;

    public override IReadOnlyList<string> Notes => [.. _parts.SelectMany((part, i) => part.Notes.Select(note => $"part {i + 1}: {note}"))];

    public override long Count
    {
        get
        {
            ThrowIfFaulty();
            return _layout.Value.Ends[^1];
        }
    }

    public override T this[long index]
    {
        get
        {
            (Space<T> part, long local) = Find(index);
            return part[local];
        }
    }

    public override IReadOnlyList<KeyValuePair<string, object?>> Labels(long index)
    {
        (Space<T> part, long local) = Find(index);
        return part.Labels(local);
    }

    public override SpaceDescription Describe() =>
        new("union", Faults.Count == 0 ? Count : null, [], [.. _parts.Select(part => part.Describe())]);

    private (Space<T> Part, long Local) Find(long index)
    {
        long count = Count;
        if ((ulong)index >= (ulong)count) throw OutOfRange(index, count);
        ImmutableArray<long> ends = _layout.Value.Ends;
        int found = ends.BinarySearch(index);
        // Found means index is the end of a part, hence the start of a later one; equal ends (empty parts) are skipped.
        int at = found < 0 ? ~found : found + 1;
        while (ends[at] <= index) at++;
        return (_parts[at], index - (at == 0 ? 0 : ends[at - 1]));
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
                    return new Layout([], [$"the union has {end} points, more than {long.MaxValue}, the most a plan can number; use fewer points"]);
                ends.Add((long)end);
            }
            return new Layout(ends.MoveToImmutable(), []);
        }
    }
}
