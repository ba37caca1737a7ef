using System.Text.Json;

namespace Assay.Cli;

/// <summary>Tracked values as plain .NET values, in which the texts that stand for numbers JSON lacks are numbers again.</summary>
internal static class PlainValue
{
    public static object? Of(JsonElement json) => Finished(JsonObjects.Value(json));

    private static object? Finished(object? value) => value switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        object?[] list => Array.ConvertAll(list, Finished),
        IReadOnlyDictionary<string, object?> named => Named(named),
        _ => value,
    };

    private static OrderedDictionary<string, object?> Named(IReadOnlyDictionary<string, object?> named)
    {
        var values = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string key, object? value) in named) values[key] = Finished(value);
        return values;
    }

    /// <summary>The innermost values with their paths; what is empty is a value itself.</summary>
    public static IEnumerable<(ValuePath Path, object? Value)> Leaves(object? value, ValuePath path) => value switch
    {
        IReadOnlyDictionary<string, object?> { Count: > 0 } named => named.SelectMany(n => Leaves(n.Value, path.Then(new PathStep(n.Key)))),
        object?[] { Length: > 0 } list => list.SelectMany(element => Leaves(element, path.Then(PathStep.Each))),
        _ => [(path, value)],
    };

    /// <summary>The type in the words of JSON, with whole numbers apart.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        string => "text",
        long or ulong => "integer",
        double => "real",
        object?[] => "list",
        _ => "object",
    };
}
