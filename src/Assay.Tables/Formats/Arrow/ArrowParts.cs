using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>A field with its values, an array for each batch.</summary>
internal sealed class ArrowParts(Field description, IArrowType type, IReadOnlyList<ArrayData> arrays)
{
    private const string ExtensionKey = "ARROW:extension:name";

    private readonly Lazy<Validity?> _validity = new(() => Valid(arrays));

    public string Name => description.Name;

    public IArrowType Type => type;

    public IReadOnlyList<ArrayData> Arrays => arrays;

    public int Count { get; } = arrays.Sum(array => array.Length);

    /// <summary>Which values are not null; null when all are. Counted once, because what a file says of it is not trusted.</summary>
    public Validity? Validity => _validity.Value;

    /// <summary>A note of Assay about what the values are.</summary>
    public string? Note => Metadata(ArrowContent.TypeKey);

    public bool IsJson => Note == ArrowContent.JsonType || Metadata(ExtensionKey) == "arrow.json";

    public bool IsUuid => Metadata(ExtensionKey) == "arrow.uuid";

    /// <summary>
    /// The values of the only array where they lie; null where there are several, or where the library holds them in memory of its own, as
    /// it does when it has unpacked them: the library frees that memory under a span in use.
    /// </summary>
    public ReadOnlyMemory<T>? InPlace<T>() where T : unmanaged
    {
        if (arrays.Count != 1 || Count == 0) return null;
        ReadOnlyMemory<byte> bytes = arrays[0].Buffers[1].Memory;
        bool isStable = MemoryMarshal.TryGetMemoryManager<byte, MappedFile>(bytes, out _) || MemoryMarshal.TryGetArray(bytes, out _);
        return isStable ? MappedFile.Cast<T>(bytes)[..Count] : default(ReadOnlyMemory<T>?);
    }

    public ArrowParts With(IArrowType other, IReadOnlyList<ArrayData> parts) => new(description, other, parts);

    /// <summary>Values of fixed width where they lie, those under nulls included.</summary>
    public static ReadOnlySpan<T> Values<T>(ArrayData array) where T : unmanaged =>
        array.Length == 0 ? [] : MemoryMarshal.Cast<byte, T>(array.Buffers[1].Span)[..array.Length];

    public static Validity? Valid(ArrayData array)
    {
        if (array.Buffers is not [{ Length: > 0 } bitmap, ..]) return null;
        var words = new ulong[Validity.WordCount(array.Length)];
        bitmap.Span[..((array.Length + 7) / 8)].CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        return Validity.From(words, array.Length);
    }

    /// <summary>All values, converted; the default, or NaN, at nulls.</summary>
    public TTo[] Copy<TFrom, TTo>(Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        var values = new TTo[Count];
        int at = 0;
        foreach (ArrayData array in arrays)
        {
            ReadOnlySpan<TFrom> source = Values<TFrom>(array);
            if (typeof(TFrom) == typeof(TTo)) source.CopyTo(MemoryMarshal.Cast<TTo, TFrom>(values.AsSpan(at)));
            else for (int i = 0; i < source.Length; i++) values[at + i] = convert(source[i]);
            at += source.Length;
        }

        Numbers.ClearNulls<TTo>(values, Validity);
        return values;
    }

    private static Validity? Valid(IReadOnlyList<ArrayData> arrays)
    {
        if (arrays.Count == 1) return Valid(arrays[0]);
        (Validity? Part, int Length)[] parts = [.. arrays.Select(array => (Valid(array), array.Length))];
        return System.Array.TrueForAll(parts, part => part.Part is null) ? null : Validity.Join(parts, parts.Sum(part => part.Length));
    }

    private string? Metadata(string key) => description.HasMetadata ? description.Metadata.GetValueOrDefault(key) : null;
}
