using System.Collections.Concurrent;

namespace Assay;

/// <summary>Writes the values of one runtime type. Stateless and thread-safe.</summary>
internal abstract class CanonicalEncoder
{
    private static readonly ConcurrentDictionary<Type, CanonicalEncoder> Known = new();

    public abstract void Write(CanonicalWriter writer, object value);

    /// <exception cref="CanonicalFormException">The type has no canonical form.</exception>
    public static CanonicalEncoder For(Type type) => Known.GetOrAdd(type, Create);

    public static CanonicalEncoder Of<T>(Action<CanonicalWriter, T> write) => new DelegateEncoder<T>(write);

    private static CanonicalEncoder Create(Type type)
    {
        if (typeof(IFingerprintable).IsAssignableFrom(type)) return OfFingerprint(FullTypeName.Of(type));
        return ScalarEncoders.TryCreate(type)
            ?? CollectionEncoders.TryCreate(type)
            ?? RecordEncoder.TryCreate(type)
            ?? throw new CanonicalFormException(
                $"a value of type {FullTypeName.Of(type)} has no canonical form. Expected a number, text, boolean, date, enum, record, "
                + "list, set, dictionary, FileRef or DirectoryRef; use such a value instead, or let the type implement IFingerprintable.");
    }

    private static CanonicalEncoder OfFingerprint(string typeName) => Of<IFingerprintable>((w, value) =>
    {
        object payload = value.ToFingerprint();
        if (w.Canonical) w.Json.Raw("{\"$fingerprint\":"u8);
        w.Value(payload);
        if (w.Canonical) w.Json.Raw(",\"$type\":"u8).String(typeName).Raw((byte)'}');
    });

    private sealed class DelegateEncoder<T>(Action<CanonicalWriter, T> write) : CanonicalEncoder
    {
        public override void Write(CanonicalWriter writer, object value) => write(writer, (T)value);
    }
}
