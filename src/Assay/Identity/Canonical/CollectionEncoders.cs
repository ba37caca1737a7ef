using System.Collections;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>The forms of lists, sets, dictionaries, tuples and rectangular arrays. No two kinds share a form.</summary>
internal static class CollectionEncoders
{
    public static CanonicalEncoder? TryCreate(Type type)
    {
        if (CollectionTypes.IsTuple(type)) return new TupleEncoder();
        if (RecordShape.IsRecord(type) || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        if (!CollectionTypes.IsKnown(type))
            throw new CanonicalFormException(
                $"{FullTypeName.Of(type)} can be enumerated, but may have further state, which would not be part of the identity. Expected "
                + "an array or a collection of System.Collections; use one instead, or let the type implement IFingerprintable.");
        if (type.IsArray && type.GetArrayRank() > 1) return new RectangularEncoder();
        Type[] maps = [.. CollectionTypes.Instantiations(type, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>))];
        if (maps.Length > 0 || typeof(IDictionary).IsAssignableFrom(type))
            return new MapEncoder(textKeys: maps.Any(map => map.GetGenericArguments()[0] == typeof(string)));
        if (CollectionTypes.Instantiations(type, typeof(ISet<>), typeof(IReadOnlySet<>)).Any()) return new SetEncoder();
        return new ListEncoder(CollectionTypes.HasUninitializedDefault(type) ? type : null);
    }

    private static void WriteItems(CanonicalWriter w, IEnumerable items)
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
            catch (CanonicalFormException fault) when (fault.PrependStep($"[{index}]"))
            {
                throw;
            }

            index++;
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
        foreach (byte[] part in parts.Order(ByteOrder.Instance))
        {
            if (!first) w.Json.Raw((byte)',');
            first = false;
            w.Json.Raw(part);
        }

        w.Json.Raw(close);
    }

    /// <param name="checkedType">A type whose default value cannot be enumerated; null for other types.</param>
    private sealed class ListEncoder(Type? checkedType) : CanonicalEncoder
    {
        private readonly object? _uninitialized = checkedType is null ? null : Activator.CreateInstance(checkedType);

        public override void Write(CanonicalWriter writer, object value)
        {
            if (_uninitialized is not null && value.Equals(_uninitialized))
                throw new CanonicalFormException(
                    $"the {FullTypeName.Of(value.GetType())} is uninitialized. Expected one with items or an empty one; assign [] to it.");
            WriteItems(writer, (IEnumerable)value);
        }
    }

    private sealed class SetEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var items = new List<byte[]>();
            foreach (object? item in (IEnumerable)value) items.Add(FormOf(writer, item));
            if (writer.Canonical) WriteSorted(writer, "{\"$set\":["u8, items, "]}"u8);
            else WriteSorted(writer, "["u8, items, "]"u8);
        }
    }

    private sealed class TupleEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var tuple = (ITuple)value;
            if (writer.Canonical) writer.Json.Raw("{\"$tuple\":"u8);
            WriteItems(writer, Enumerable.Range(0, tuple.Length).Select(i => tuple[i]));
            if (writer.Canonical) writer.Json.Raw((byte)'}');
        }
    }

    private sealed class RectangularEncoder : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value)
        {
            var array = (Array)value;
            if (writer.Canonical) writer.Json.Raw("{\"$array\":"u8);
            WriteItems(writer, array);
            if (!writer.Canonical) return;
            writer.Json.Raw(",\"$shape\":"u8);
            WriteItems(writer, Enumerable.Range(0, array.Rank).Select(array.GetLength));
            writer.Json.Raw((byte)'}');
        }
    }

    /// <summary>Writes an object for string keys, and a list of pairs for other keys, so that the keys 1 and "1" differ.</summary>
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
                // A key of the user must not look like a tag.
                writer.Json.Key(writer.Canonical && key.StartsWith('$') ? "$" + key : key);
                try
                {
                    writer.Value(item);
                }
                catch (CanonicalFormException fault) when (fault.PrependStep(key))
                {
                    throw;
                }
            }

            writer.Json.Raw((byte)'}');
        }

        private static void WritePairs(CanonicalWriter writer, List<(object Key, object? Value)> entries)
        {
            byte[][] pairs = [.. entries.Select(e => FormOf(writer, new[] { e.Key, e.Value }))];
            WriteSorted(writer, "{\"$map\":["u8, pairs, "]}"u8);
        }

        private static string Text(CanonicalWriter writer, object key) =>
            key as string ?? System.Text.Encoding.UTF8.GetString(FormOf(writer, key)).Trim('"');

        private static IEnumerable<(object Key, object? Value)> Entries(IEnumerable map)
        {
            foreach (object entry in map)
            {
                Type type = entry.GetType();
                yield return (type.GetProperty("Key")!.GetValue(entry)!, type.GetProperty("Value")!.GetValue(entry));
            }
        }
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
