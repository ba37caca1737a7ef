using System.Collections;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>The forms of lists, sets, dictionaries, tuples and rectangular arrays. A set never looks like a list, nor a dictionary like a record.</summary>
internal static class CollectionEncoders
{
    public static CanonicalEncoder? TryCreate(Type type)
    {
        if (CollectionTypes.IsTuple(type)) return new TupleEncoder();
        if (RecordShape.IsRecord(type) || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        if (!CollectionTypes.IsKnown(type))
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} can be enumerated, but may hold more than its items, which would then not count. Expected an array or a " +
                "collection of System.Collections; hold one instead, or let the type implement IFingerprintable.");
        if (type.IsArray && type.GetArrayRank() > 1) return new RectangularEncoder();
        if (IsGeneric(type, typeof(IDictionary<,>)) || IsGeneric(type, typeof(IReadOnlyDictionary<,>)) || typeof(IDictionary).IsAssignableFrom(type))
            return new MapEncoder(textKeys: IsTextKeyed(type));
        if (IsGeneric(type, typeof(ISet<>)) || IsGeneric(type, typeof(IReadOnlySet<>))) return new SetEncoder();
        return CollectionTypes.MayBeUnset(type) ? new UnsetListEncoder(type) : new ListEncoder();
    }

    private static bool IsGeneric(Type type, Type definition) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static bool IsTextKeyed(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericArguments()[0] == typeof(string) &&
        (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    private static void Items(CanonicalWriter w, IEnumerable items)
    {
        w.Json.Raw((byte)'[');
        int index = 0;
        foreach (object? item in items)
        {
            if (index > 0) w.Json.Raw((byte)',');
            try
            {
                w.Value(item);
            }
            catch (CanonicalFormException fault) when (fault.Under($"[{index}]"))
            {
                throw;
            }

            index++;
        }

        w.Json.Raw((byte)']');
    }

    private static byte[] Separate(CanonicalWriter w, object? value)
    {
        int start = w.Json.Length;
        w.Value(value);
        byte[] bytes = w.Json.Written[start..].ToArray();
        w.Json.Truncate(start);
        return bytes;
    }

    private static void Sorted(CanonicalWriter w, ReadOnlySpan<byte> open, IEnumerable<byte[]> parts, ReadOnlySpan<byte> close)
    {
        w.Json.Raw(open);
        bool first = true;
        foreach (byte[] part in parts.Order(ByteOrder.Instance))
        {
            if (!first) w.Json.Raw((byte)',');
            first = false;
            w.Json.Raw(part);
        }

        w.Json.Raw(close);
    }

    private sealed class ListEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value) => Items(writer, (IEnumerable)value);
    }

    private sealed class UnsetListEncoder(Type type) : CanonicalEncoder
    {
        private readonly object _unset = Activator.CreateInstance(type)!;

        public override void Write(CanonicalWriter writer, object value)
        {
            if (value.Equals(_unset))
                throw new CanonicalFormException($"the {FullTypeName.Of(type)} has never been set, so it has no items. Expected one with items or an empty one; write [] for none.");
            Items(writer, (IEnumerable)value);
        }
    }

    private sealed class SetEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var items = new List<byte[]>();
            foreach (object? item in (IEnumerable)value) items.Add(Separate(writer, item));
            if (writer.Canonical) Sorted(writer, "{\"$set\":["u8, items, "]}"u8);
            else Sorted(writer, "["u8, items, "]"u8);
        }
    }

    private sealed class TupleEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var tuple = (ITuple)value;
            if (writer.Canonical) writer.Json.Raw("{\"$tuple\":"u8);
            Items(writer, Enumerable.Range(0, tuple.Length).Select(i => tuple[i]));
            if (writer.Canonical) writer.Json.Raw((byte)'}');
        }
    }

    private sealed class RectangularEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var array = (Array)value;
            if (writer.Canonical) writer.Json.Raw("{\"$array\":"u8);
            Items(writer, array);
            if (!writer.Canonical) return;
            writer.Json.Raw(",\"$shape\":"u8);
            Items(writer, Enumerable.Range(0, array.Rank).Select(array.GetLength));
            writer.Json.Raw((byte)'}');
        }
    }

    /// <summary>String keys make an object; any other key type makes a list of pairs, so that the keys 1 and "1" differ.</summary>
    private sealed class MapEncoder(bool textKeys) : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            List<(object Key, object? Value)> entries = [.. Entries((IEnumerable)value)];
            if (!writer.Canonical || textKeys) WriteObject(writer, entries);
            else WritePairs(writer, entries);
        }

        private static void WriteObject(CanonicalWriter writer, List<(object Key, object? Value)> entries)
        {
            writer.Json.Raw((byte)'{');
            bool first = true;
            IEnumerable<(string Key, object? Value)> named = entries.Select(e => (Text(writer, e.Key), e.Value));
            foreach ((string key, object? item) in writer.Canonical ? named.OrderBy(e => e.Key, StringComparer.Ordinal) : named)
            {
                if (!first) writer.Json.Raw((byte)',');
                first = false;
                // A user's key must not pass for one of our tags.
                writer.Json.Key(writer.Canonical && key.StartsWith('$') ? "$" + key : key);
                try
                {
                    writer.Value(item);
                }
                catch (CanonicalFormException fault) when (fault.Under(key))
                {
                    throw;
                }
            }

            writer.Json.Raw((byte)'}');
        }

        private static void WritePairs(CanonicalWriter writer, List<(object Key, object? Value)> entries)
        {
            IEnumerable<byte[]> pairs = entries.Select(e => Separate(writer, new[] { e.Key, e.Value }));
            Sorted(writer, "{\"$map\":["u8, pairs.ToList(), "]}"u8);
        }

        private static string Text(CanonicalWriter writer, object key)
        {
            if (key is string text) return text;
            string json = System.Text.Encoding.UTF8.GetString(Separate(writer, key));
            return json.Trim('"');
        }

        private static IEnumerable<(object Key, object? Value)> Entries(IEnumerable map)
        {
            foreach (object entry in map)
            {
                if (entry is DictionaryEntry old) yield return (old.Key, old.Value);
                else
                    yield return (entry.GetType().GetProperty("Key")!.GetValue(entry)!, entry.GetType().GetProperty("Value")!.GetValue(entry));
            }
        }
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
