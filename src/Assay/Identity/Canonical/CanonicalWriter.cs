namespace Assay;

/// <summary>
/// Writes values in one of two forms that share their structure. <b>Canonical</b>: types are kept apart by tags and keys
/// are sorted; it is hashed. <b>Plain</b>: the same values for people and other tools, in declaration order, without
/// tags; it stands in the journal. Not thread-safe.
/// </summary>
internal sealed class CanonicalWriter(bool canonical, IFileHasher files)
{
    // Deeper than any sensible parameter: what gets here is a cycle. Readers of JSON take 64 levels, of which a journal's line needs some itself.
    private const int MaxDepth = 50;

    private int _depth;

    public bool Canonical { get; } = canonical;

    public IFileHasher Files { get; } = files;

    public JsonBuffer Json { get; } = new();

    /// <summary>The fingerprint of a value in canonical form.</summary>
    public static UInt128 Fingerprint(object? value, IFileHasher files)
    {
        var writer = new CanonicalWriter(canonical: true, files);
        writer.Value(value);
        return Assay.Fingerprint.Of(writer.Json.Written);
    }

    public void Value(object? value)
    {
        if (value is null)
        {
            Json.Null();
            return;
        }

        Value(value, CanonicalEncoder.For(value.GetType()));
    }

    public void Value(object value, CanonicalEncoder encoder)
    {
        if (++_depth > MaxDepth)
            throw new CanonicalFormException($"the value is nested more than {MaxDepth} levels deep, or contains itself; use a tree of values without cycles.");
        encoder.Write(this, value);
        _depth--;
    }

    /// <summary>Makes the writer ready for the next value, also after a failed one.</summary>
    public CanonicalWriter Reset()
    {
        Json.Clear();
        _depth = 0;
        return this;
    }
}
