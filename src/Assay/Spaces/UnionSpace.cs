using System.Collections.Immutable;

namespace Assay;

/// <summary>A space of the points of several spaces, one space after the other.</summary>
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
