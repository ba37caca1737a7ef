using System.Collections.Concurrent;

namespace Assay;

/// <summary>Writes values in canonical form (tagged types, sorted keys; hashed) or in plain form (journals). Not thread-safe.</summary>
internal sealed class CanonicalWriter(bool canonical, IFileHasher files)
{
    // JSON readers accept 64 levels, and a journal line adds some of its own. Deeper values usually contain a cycle.
    private const int MaxDepth = 50;

    private static readonly FileHasher DefaultFiles = new(TimeProvider.System);
    private int _depth;

    public bool Canonical { get; } = canonical;
    public IFileHasher Files { get; } = files;
    public JsonBuffer Json { get; } = new();

    public static UInt128 Fingerprint(object? value, IFileHasher files)
    {
        var writer = new CanonicalWriter(canonical: true, files);
        writer.Value(value);
        return Journals.Fingerprint.Of(writer.Json.Written);
    }

    /// <summary>A value in plain form.</summary>
    /// <exception cref="CanonicalFormException">The value or a part of it has no such form; the message gives its path.</exception>
    public static JsonBuffer Plain(object? value, IFileHasher? files = null)
    {
        var writer = new CanonicalWriter(canonical: false, files ?? DefaultFiles);
        writer.Value(value);
        return writer.Json;
    }

    public void Value(object? value)
    {
        if (value is null)
        {
            Json.Null();
            return;
        }

        CanonicalEncoder encoder = CanonicalEncoder.For(value.GetType());
        if (++_depth > MaxDepth)
            throw new CanonicalFormException(
                $"the value is nested more than {MaxDepth} levels deep, or contains itself; use a tree of values without cycles.");
        encoder.Write(this, value);
        _depth--;
    }

    /// <summary>Writes an item or a member, whose index or name a fault adds to its path.</summary>
    public void Part<TStep>(object? value, TStep step)
    {
        try
        {
            Value(value);
        }
        catch (CanonicalFormException fault) when (fault.PrependStep(step is int ? $"[{step}]" : $"{step}"))
        {
            throw;
        }
    }

    /// <summary>Prepares the writer for the next value, even after a fault.</summary>
    public CanonicalWriter Reset()
    {
        Json.Clear();
        _depth = 0;
        return this;
    }
}

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

/// <summary>
/// A value that defines its own identity: a model handle by its name and revision, a connection by its data set. Its identity is the result
/// of <see cref="ToFingerprint"/> instead of its members.
/// </summary>
public interface IFingerprintable
{
    /// <summary>
    /// Returns a value with a canonical form (a number, text, record, list, dictionary, <see cref="FileRef"/> …) that is equal for equal
    /// values and different for different values. It is called once per run that has the value among its parameters. It must be thread-safe
    /// and have no side effects.
    /// </summary>
    object ToFingerprint();
}
