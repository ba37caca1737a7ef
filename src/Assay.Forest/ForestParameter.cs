namespace Assay.Analysis;

/// <summary>
/// A parameter as the trees see it: a number is one feature; of anything else each value is a feature of its own, which is 1 where the run
/// has that value.
/// </summary>
internal sealed class ForestParameter
{
    private readonly Dictionary<object, int>? _categories;

    private ForestParameter(string name, object[] values, Dictionary<object, int>? categories) =>
        (Name, Values, _categories) = (name, values, categories);

    public string Name { get; }

    /// <summary>The value of each run.</summary>
    public object[] Values { get; }

    public bool IsVaried => Values.Distinct().Skip(1).Any();

    public static ForestParameter Of(string name, object?[] values)
    {
        if (Array.TrueForAll(values, value => value is long or double && double.IsFinite(Convert.ToDouble(value, null))))
            return new ForestParameter(name, [.. values.Select(value => (object)Convert.ToDouble(value, null))], null);
        object[] known = [.. values.Select(value => value ?? "none")];
        return new ForestParameter(
            name, known, known.Distinct().Index().ToDictionary(value => value.Item, value => value.Index));
    }

    public IEnumerable<float> Features(object value) => _categories is null ? [(float)(double)value]
        : Enumerable.Range(0, _categories.Count).Select(category => _categories[value] == category ? 1f : 0f);

    /// <summary>At most so many values that stand for those of the runs: of numbers the middles of equally full quantiles.</summary>
    public object[] Levels(int most)
    {
        object[] distinct = [.. Values.Distinct()];
        if (_categories is not null || distinct.Length <= most) return distinct;
        double[] sorted = [.. Values.Cast<double>().Order()];
        return [.. Enumerable.Range(0, most).Select(i => (object)sorted[(int)((i + 0.5) / most * sorted.Length)]).Distinct()];
    }
}
