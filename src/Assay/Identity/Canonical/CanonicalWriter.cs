namespace Assay;

/// <summary>
/// Writes values in one of two forms of the same structure. The <b>canonical</b> form has tags that distinguish types, and sorted keys; it
/// is hashed. The <b>plain</b> form has no tags, and keys in the order of declaration; it is written to the journal for people and other
/// tools. Not thread-safe.
/// </summary>
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

    /// <summary>Prepares the writer for the next value, even after a fault.</summary>
    public CanonicalWriter Reset()
    {
        Json.Clear();
        _depth = 0;
        return this;
    }
}
