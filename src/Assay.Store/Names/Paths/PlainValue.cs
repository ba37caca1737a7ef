using System.Numerics;

namespace Assay.Names;

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
