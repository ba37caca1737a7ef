using System.Collections.Immutable;

namespace Assay;

/// <summary>A space of listed points.</summary>
internal sealed class PointSpace<T>(ImmutableArray<T> points) : Space<T>
{
    private readonly Lazy<IReadOnlyList<string>> _notes =
        new(() => Duplicates.Note("the list of points", points.Select(point => (object?)point)));

    public override IReadOnlyList<string> Faults { get; } = FindFaults(points);
    public override IReadOnlyList<string> Notes => _notes.Value;
    private protected override long PointCount => points.Length;

    private protected override T PointAt(long index) => points[(int)index];

    public override SpaceDescription Describe()
    {
        var values = new MemberDescription(
            TypeName.Of(typeof(T)), MemberDescription.Texts(points.Select(point => (object?)point)), Distribution: null);
        return new("points", CountIfValid, [new AxisDescription("points", points.Length, Seed: null, [values])], []);
    }

    // Records are points of several values, of which one cannot be replaced.
    internal override Space<T> WithAxis(AxisTexts axis, ICollection<string> faults) =>
        ParameterForm.RecordOf(typeof(T)) is not null ? base.WithAxis(axis, faults)
        : axis.Values(typeof(T), allowsNull: false, faults) is { } values ? new PointSpace<T>([.. values.Cast<T>()])
        : this;

    private static IReadOnlyList<string> FindFaults(ImmutableArray<T> points)
    {
        if (points.IsEmpty) return ["the list of points is empty; give at least one point"];
        int missing = default(T) is null ? points.IndexOf(default!) : -1;
        return missing < 0 ? [] : [$"point {missing} of the list is null, expected a value; leave it out"];
    }
}

/// <summary>Finds values that are listed more than once.</summary>
internal static class Duplicates
{
    private const int MaxShown = 8;

    /// <summary>One note that lists the repeated values; empty when no value is repeated.</summary>
    public static IReadOnlyList<string> Note(string where, IEnumerable<object?> values)
    {
        var first = new Dictionary<Key, long>();
        var shown = new List<string>();
        long position = 0, repeats = 0;
        foreach (object? value in values)
        {
            position++;
            if (first.TryAdd(new Key(value), position) || ++repeats > MaxShown) continue;
            shown.Add($"{ValueText.Of(value)} (values {first[new Key(value)]} and {position})");
        }
        if (repeats == 0) return [];
        string more = repeats > MaxShown ? $" and {repeats - MaxShown} more" : "";
        return [$"{where} repeats {string.Join(", ", shown)}{more}; equal points are one run"];
    }

    // A dictionary does not accept null as a key.
    private readonly record struct Key(object? Value);
}
