using System.Numerics;

namespace Assay.Names;

/// <summary>A path at which runs have values. Immutable.</summary>
/// <param name="Place">
/// The part of a run: <c>params</c>, <c>metrics</c>, <c>series</c>, <c>derived</c>, <c>tracked</c>, <c>labels</c> or <c>metadata</c>.
/// </param>
/// <param name="Path">The path as <see cref="RunField.Parse"/> reads it.</param>
/// <param name="Count">The number of values.</param>
/// <param name="Runs">The number of runs that have one.</param>
/// <param name="Types">
/// The types of the values: <c>integer</c>, <c>real</c>, <c>text</c>, <c>bool</c>, <c>null</c>, <c>list</c>, <c>object</c>.
/// </param>
/// <param name="Examples">The first different values.</param>
public sealed record PathSummary(
    string Place, string Path, long Count, int Runs, IReadOnlyList<string> Types, IReadOnlyList<object?> Examples)
{
    /// <summary>Whether all values are numbers.</summary>
    public bool IsNumeric => Types.All(t => t is "integer" or "real");
}

/// <summary>Gathers the paths at which runs have values. Not thread-safe.</summary>
/// <param name="examples">The number of different values to keep for each path.</param>
public sealed class PathSurvey(int examples)
{
    private static readonly string[] Order =
        ["params", "labels", "metrics", "series", PlacedField.DerivedPlace, PlacedField.TrackedPlace, "metadata"];

    private readonly OrderedDictionary<(string Place, string Path), Found> _found = [];
    private int _run;

    /// <summary>The number of runs that were added.</summary>
    public int Runs => _run;

    /// <summary>The paths, by part of the run, the most frequent first.</summary>
    public IReadOnlyList<PathSummary> Paths
    {
        get
        {
            HashSet<string> given = Names("params", "labels"), before = Names("params", "labels", "metrics", "series", "metadata");
            string Spelled(string place, string path) => place switch
            {
                "metrics" or "series" => given.Contains(PathStep.Normalise(path)) ? PlacedField.Spelling(place, path) : path,
                PlacedField.TrackedPlace => before.Contains(PathStep.Normalise(path)) ? PlacedField.Spelling(place, path) : path,
                _ => path,
            };
            return
            [
                .. _found.Select(f => new PathSummary(
                    f.Key.Place, Spelled(f.Key.Place, f.Key.Path), f.Value.Count, f.Value.Runs, [.. f.Value.Types], f.Value.Examples))
                    .OrderBy(p => Array.IndexOf(Order, p.Place)).ThenByDescending(p => p.Count).ThenBy(p => p.Path, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Adds the values of a run.</summary>
    public void Add(RunValues run)
    {
        _run++;
        Named("params", run.Run.Params);
        Named("labels", run.Run.Labels);
        Named("metadata", run.Run.Metadata);
        Named(PlacedField.DerivedPlace, run.Run.Derived);
        foreach ((string name, object? value) in run.Run.Metrics) Take("metrics", Whole("metrics", name), value);
        foreach (string name in run.SeriesNames)
            foreach (SeriesPoint point in run.Series(name)!) Take("series", Whole("series", name), point.Value);

        foreach (TrackedEntry entry in run.Tracked)
        {
            foreach ((ValuePath path, object? value) in PlainValue.Leaves(entry.Plain, ValuePath.Root))
                Take(PlacedField.TrackedPlace, Tracked(path), value);
        }
    }

    /// <summary>A value that has no name of its own, a number or a list, is called by its place.</summary>
    internal static string Tracked(ValuePath path) =>
        path.Steps is [{ Key: { } key }, ..] && PathStep.IsPlain(key) && !(path.Steps.Count == 1 && BuiltInField.Find(key) is not null)
            && key != PlacedField.TrackedPlace
            ? path.ToString()
            : new ValuePath([new PathStep(PlacedField.TrackedPlace), .. path.Steps]).ToString();

    // Names of metrics may have dots of their own, which are no steps; a name that means something else says where it stands.
    private static string Whole(string place, string name) =>
        !name.Split('.').All(PathStep.IsPlain) ? place + new PathStep(name) : BuiltInField.Find(name) is null ? name : $"{place}.{name}";

    private void Named(string place, IReadOnlyDictionary<string, object?> values)
    {
        if (values.Count == 0) return;
        foreach ((ValuePath path, object? value) in PlainValue.Leaves(values, ValuePath.Root))
            Take(place, PlacedField.Spelling(place, path.ToString()), value);
    }

    /// <summary>What leads to values of some places, with the place before it and without.</summary>
    private HashSet<string> Names(params string[] places)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string place, string path) in _found.Keys.Where(f => places.Contains(f.Place)))
        {
            string bare = path.StartsWith(place + ".", StringComparison.Ordinal) ? path[(place.Length + 1)..]
                : path.StartsWith(place + "[", StringComparison.Ordinal) ? path[place.Length..]
                : path;
            names.Add(PathStep.Normalise(bare));
            names.Add(PathStep.Normalise(PlacedField.Spelling(place, bare)));
        }

        return names;
    }

    private void Take(string place, string path, object? value)
    {
        if (!_found.TryGetValue((place, path), out Found? found)) _found.Add((place, path), found = new Found());
        found.Count++;
        if (found.LastRun != _run) (found.LastRun, found.Runs) = (_run, found.Runs + 1);
        string type = PlainValue.TypeName(value);
        if (!found.Types.Contains(type)) found.Types.Add(type);
        if (found.Examples.Count < examples && found.Seen.Add(PlainJson.Of(value))) found.Examples.Add(value);
    }

    private sealed class Found
    {
        public long Count { get; set; }

        public int Runs { get; set; }

        public int LastRun { get; set; }

        public List<string> Types { get; } = [];

        public List<object?> Examples { get; } = [];

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>What is inside values that hold others.</summary>
internal static class PlainValue
{
    /// <summary>The innermost values with their paths; an empty list or object is a value itself.</summary>
    public static IEnumerable<(ValuePath Path, object? Value)> Leaves(object? value, ValuePath path) => value switch
    {
        IReadOnlyDictionary<string, object?> { Count: > 0 } named => named.SelectMany(n => Leaves(n.Value, path.Then(new PathStep(n.Key)))),
        object?[] { Length: > 0 } list => list.SelectMany(element => Leaves(element, path.Then(PathStep.Each))),
        _ => [(path, value)],
    };

    /// <summary>A value that a program gives as a record would have it.</summary>
    public static object? Of(object? value)
    {
        using var document = System.Text.Json.JsonDocument.Parse(PlainJson.Of(value));
        return JsonObjects.Value(document.RootElement);
    }

    /// <summary>The type in the words of JSON, with whole numbers apart.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        string => "text",
        long or ulong or BigInteger => "integer",
        double or decimal => "real",
        object?[] => "list",
        _ => "object",
    };
}
