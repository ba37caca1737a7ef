using System.Collections;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;
using System.Text;

namespace Assay;

/// <summary>The forms of lists, sets, dictionaries, tuples and rectangular arrays. No two kinds share a form.</summary>
internal static class CollectionEncoders
{
    private static readonly Comparer<byte[]> ByteOrder = Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y));

    public static CanonicalEncoder? TryCreate(Type type)
    {
        if (CollectionTypes.IsTuple(type)) return CanonicalEncoder.Of<ITuple>(WriteTuple);
        if (RecordShape.IsRecord(type) || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        if (!CollectionTypes.IsKnown(type))
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} can be enumerated, but may have further state, which would not be part of the identity. Expected "
                + "an array or a collection of System.Collections; use one instead, or let the type implement IFingerprintable.");
        if (type.IsArray && type.GetArrayRank() > 1) return CanonicalEncoder.Of<Array>(WriteRectangle);
        Type[] maps = [.. CollectionTypes.Instantiations(type, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>))];
        if (maps.Length > 0 || typeof(IDictionary).IsAssignableFrom(type))
        {
            bool hasTextKeys = maps.Any(map => map.GetGenericArguments()[0] == typeof(string));
            return CanonicalEncoder.Of<IEnumerable>((w, map) => WriteMap(w, map, hasTextKeys));
        }

        if (CollectionTypes.Instantiations(type, typeof(ISet<>), typeof(IReadOnlySet<>)).Any())
            return CanonicalEncoder.Of<IEnumerable>(WriteSet);
        object? uninitialized = CollectionTypes.HasUninitializedDefault(type) ? Activator.CreateInstance(type) : null;
        return CanonicalEncoder.Of<IEnumerable>((w, list) =>
        {
            if (list.Equals(uninitialized))
                throw new CanonicalFormException(
                    $"the {FullTypeName.Of(type)} is uninitialized. Expected one with items or an empty one; assign [] to it.");
            WriteItems(w, list);
        });
    }

    private static void WriteItems(CanonicalWriter w, IEnumerable items)
    {
        w.Json.Raw((byte)'[');
        int index = 0;
        foreach (object? item in items)
        {
            if (index > 0) w.Json.Raw((byte)',');
            w.Part(item, index++);
        }

        w.Json.Raw((byte)']');
    }

    private static byte[] FormOf(CanonicalWriter w, object? value)
    {
        int start = w.Json.Length;
        w.Value(value);
        byte[] bytes = w.Json.Written[start..].ToArray();
        w.Json.Truncate(start);
        return bytes;
    }

    private static void WriteSorted(CanonicalWriter w, ReadOnlySpan<byte> open, IEnumerable<byte[]> parts, ReadOnlySpan<byte> close)
    {
        w.Json.Raw(open);
        bool first = true;
        foreach (byte[] part in parts.Order(ByteOrder))
        {
            if (!first) w.Json.Raw((byte)',');
            first = false;
            w.Json.Raw(part);
        }

        w.Json.Raw(close);
    }

    private static void WriteSet(CanonicalWriter w, IEnumerable set)
    {
        byte[][] items = [.. set.Cast<object?>().Select(item => FormOf(w, item))];
        WriteSorted(w, w.Canonical ? "{\"$set\":["u8 : "["u8, items, w.Canonical ? "]}"u8 : "]"u8);
    }

    private static void WriteTuple(CanonicalWriter w, ITuple tuple)
    {
        if (w.Canonical) w.Json.Raw("{\"$tuple\":"u8);
        WriteItems(w, Enumerable.Range(0, tuple.Length).Select(i => tuple[i]));
        if (w.Canonical) w.Json.Raw((byte)'}');
    }

    private static void WriteRectangle(CanonicalWriter w, Array array)
    {
        if (w.Canonical) w.Json.Raw("{\"$array\":"u8);
        WriteItems(w, array);
        if (!w.Canonical) return;
        w.Json.Raw(",\"$shape\":"u8);
        WriteItems(w, Enumerable.Range(0, array.Rank).Select(array.GetLength));
        w.Json.Raw((byte)'}');
    }

    // An object for text keys, and a list of pairs for other keys, so that the keys 1 and "1" differ.
    private static void WriteMap(CanonicalWriter w, IEnumerable map, bool hasTextKeys)
    {
        List<(object Key, object? Value)> entries = [.. Entries(map)];
        if (!w.Canonical) WriteObject(w, entries.Select(e => (Text(w, e.Key), e.Value)));
        else if (hasTextKeys) WriteObject(w, entries.Select(e => ((string)e.Key, e.Value)).OrderBy(e => e.Item1, StringComparer.Ordinal));
        else WriteSorted(w, "{\"$map\":["u8, [.. entries.Select(e => FormOf(w, new[] { e.Key, e.Value }))], "]}"u8);
    }

    private static void WriteObject(CanonicalWriter w, IEnumerable<(string Key, object? Value)> entries)
    {
        w.Json.Raw((byte)'{');
        bool first = true;
        foreach ((string key, object? item) in entries)
        {
            if (!first) w.Json.Raw((byte)',');
            first = false;
            // A key of the user must not look like a tag.
            w.Json.Key(w.Canonical && key.StartsWith('$') ? "$" + key : key);
            w.Part(item, key);
        }

        w.Json.Raw((byte)'}');
    }

    private static string Text(CanonicalWriter w, object key) => key as string ?? Encoding.UTF8.GetString(FormOf(w, key)).Trim('"');

    private static IEnumerable<(object Key, object? Value)> Entries(IEnumerable map)
    {
        foreach (object entry in map)
        {
            Type type = entry.GetType();
            yield return (type.GetProperty("Key")!.GetValue(entry)!, type.GetProperty("Value")!.GetValue(entry));
        }
    }
}

/// <summary>Recognises collections that contain nothing but their items. Others may differ in what no item shows.</summary>
internal static class CollectionTypes
{
    // Iterators and the lists of collection expressions have names that no source code can declare.
    public static bool IsKnown(Type type) => type.IsArray || type.Name.StartsWith('<') || type == typeof(RecordedDictionary)
        || (IsOfPlatform(type) && !HasFurtherState(type));

    public static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System" && IsSystem(type);

    /// <summary>Whether enumerating the default value of the type throws.</summary>
    public static bool HasUninitializedDefault(Type type) => Is(type, typeof(ImmutableArray<>)) || Is(type, typeof(ArraySegment<>));

    public static IEnumerable<Type> Instantiations(Type type, params Type[] contracts) =>
        type.GetInterfaces().Where(candidate => contracts.Any(contract => Is(candidate, contract)));


    private static bool IsOfPlatform(Type type)
    {
        string space = type.Namespace ?? "";
        if (type.Assembly.GetName().Name == "FSharp.Core") return space == "Microsoft.FSharp.Collections";
        return IsSystem(type) && (IsIn(space, "System.Collections") || IsIn(space, "System.Linq") || IsIn(space, "System.Text.Json")
            || type == typeof(System.Dynamic.ExpandoObject) || Is(type, typeof(ArraySegment<>)));
    }

    private static bool IsSystem(Type type) => type.Assembly.GetName().Name is { } name && IsIn(name, "System");

    private static bool IsIn(string name, string root) =>
        name.StartsWith(root, StringComparison.Ordinal) && (name.Length == root.Length || name[root.Length] == '.');

    // These enumerate keys without values, or groups without keys.
    private static bool HasFurtherState(Type type) => typeof(NameObjectCollectionBase).IsAssignableFrom(type)
        || Instantiations(type, typeof(IGrouping<,>), typeof(ILookup<,>)).Any();

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
