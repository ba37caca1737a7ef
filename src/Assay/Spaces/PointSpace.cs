using System.Collections.Immutable;

namespace Assay;

/// <summary>Points listed one by one.</summary>
internal sealed class PointSpace<T> : Space<T>
{
    private readonly ImmutableArray<T> _points;
    private readonly Lazy<IReadOnlyList<string>> _notes;

    public PointSpace(ImmutableArray<T> points)
    {
        _points = points;
        Faults = FindFaults(points);
        _notes = new Lazy<IReadOnlyList<string>>(() => Duplicates.Note("the list of points", _points.Select(point => (object?)point)));
    }

    public override IReadOnlyList<string> Faults { get; }

    public override IReadOnlyList<string> Notes => _notes.Value;

    public override long Count
    {
        get
        {
            ThrowIfFaulty();
            return _points.Length;
        }
    }

    public override T this[long index] => (ulong)index < (ulong)Count ? _points[(int)index] : throw OutOfRange(index, Count);

    public override SpaceDescription Describe() => new("points", Faults.Count == 0 ? _points.Length : null,
        [new AxisDescription("points", _points.Length, null,
            [new MemberDescription(TypeName.Of(typeof(T)), MemberDescription.Texts(_points.Select(point => (object?)point)), null)])], []);

    private static IReadOnlyList<string> FindFaults(ImmutableArray<T> points)
    {
        if (points.IsEmpty) return ["the list of points is empty; give at least one point"];
        int missing = default(T) is null ? points.IndexOf(default!) : -1;
        return missing < 0 ? [] : [$"point {missing} of the list is null; every point needs a value, so leave it out"];
    }
}
