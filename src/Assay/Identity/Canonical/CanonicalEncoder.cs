using System.Collections.Concurrent;

namespace Assay;

/// <summary>Writes the values of one runtime type. Stateless and thread-safe.</summary>
internal abstract class CanonicalEncoder
{
    private static readonly ConcurrentDictionary<Type, CanonicalEncoder> Known = new();

    public abstract void Write(CanonicalWriter writer, object value);

    /// <exception cref="CanonicalFormException">The type has no canonical form.</exception>
    public static CanonicalEncoder For(Type type) => Known.GetOrAdd(type, Create);

    private static CanonicalEncoder Create(Type type)
    {
        if (typeof(IFingerprintable).IsAssignableFrom(type)) return new FingerprintableEncoder(type);
        return ScalarEncoders.TryCreate(type)
            ?? CollectionEncoders.TryCreate(type)
            ?? RecordEncoder.TryCreate(type)
            ?? throw new CanonicalFormException(
                $"a value of type {FullTypeName.Of(type)} has no canonical form. Expected a number, text, boolean, date, enum, record, "
                + "list, set, dictionary, FileRef or DirectoryRef; use such a value instead, or let the type implement IFingerprintable.");
    }
}

/// <summary>Writes the fingerprint that a value returns.</summary>
internal sealed class FingerprintableEncoder(Type type) : CanonicalEncoder
{
    private readonly string _name = FullTypeName.Of(type);

    public override void Write(CanonicalWriter writer, object value)
    {
        object payload = ((IFingerprintable)value).ToFingerprint();
        if (!writer.Canonical)
        {
            writer.Value(payload);
            return;
        }

        writer.Json.Raw("{\"$fingerprint\":"u8);
        writer.Value(payload);
        writer.Json.Raw(",\"$type\":"u8).String(_name).Raw((byte)'}');
    }
}
