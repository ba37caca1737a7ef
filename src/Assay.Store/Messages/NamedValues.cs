using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Assay.Messages;

/// <summary>Reads objects that users hand over as named values (anonymous objects, records, dictionaries), and merges them.</summary>
public static class NamedValues
{
    internal const string NeedsProperties = "A trimmed program may lack properties of the object.";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>The named values of an object, in the order its type or dictionary has them.</summary>
    /// <exception cref="AssayException">The object is neither a dictionary with text keys nor an object with properties.</exception>
    [RequiresUnreferencedCode(NeedsProperties)]
    public static IReadOnlyList<KeyValuePair<string, object?>> Read(object? source) => source switch
    {
        null => [],
        IEnumerable<KeyValuePair<string, object?>> pairs => Merge([pairs]),
        IDictionary dictionary => Merge([FromDictionary(dictionary)]),
        _ when IsScalar(source) => throw Unfit(source),
        _ when Properties.GetOrAdd(source.GetType(), FindProperties) is { Length: > 0 } properties =>
            [.. properties.Select(property => KeyValuePair.Create(property.Name, property.GetValue(source)))],
        // A tuple, a bare object: taken for nothing at all, a filter would let everything through.
        _ => throw Unfit(source),
    };

    /// <summary>As <see cref="Read"/>, with the values of anonymous objects and dictionaries within under dotted names.</summary>
    [RequiresUnreferencedCode(NeedsProperties)]
    internal static IEnumerable<KeyValuePair<string, object?>> ReadDotted(object? source) =>
        Read(source).SelectMany(value => value.Value is not null && IsNested(value.Value)
            ? ReadDotted(value.Value).Select(inner => KeyValuePair.Create($"{value.Key}.{inner.Key}", inner.Value)) : [value]);

    /// <summary>All columns left to right; of equal names the later value wins at the earlier position.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Merge(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> sources)
    {
        var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach ((string name, object? value) in sources.SelectMany(source => source)) merged[name] = value;
        return [.. merged];
    }

    internal static IEnumerable<KeyValuePair<string, object?>> FromDictionary(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return KeyValuePair.Create(entry.Key as string ?? throw Unfit(dictionary), entry.Value);
    }

    [RequiresUnreferencedCode(NeedsProperties)]
    private static PropertyInfo[] FindProperties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0)];

    private static bool IsNested(object value) =>
        value is IDictionary || value.GetType().Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);

    private static bool IsScalar(object source) => source.GetType() is { IsPrimitive: true } or { IsEnum: true }
        || source is string or IEnumerable or decimal or DateTime or DateTimeOffset or TimeSpan or Guid;

    private static AssayException Unfit(object source) => new(
        $"{ValueText.Of(source)} ({TypeName.Of(source.GetType())}) has no named values; "
        + "give an object such as new { lr = 0.01 } or a dictionary with text keys");
}
