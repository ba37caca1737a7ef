namespace Assay;

/// <summary>Objects that users hand over as named values: anonymous objects, records, dictionaries.</summary>
internal static class JsonValues
{
    private static readonly FileHasher Files = new(TimeProvider.System);

    /// <summary>The named values in order of declaration.</summary>
    /// <exception cref="AssayException">The object has none.</exception>
    public static IEnumerable<(string Name, object? Value)> Members(object source) =>
        NamedValues.Read(source).Select(p => (p.Key, p.Value));

    /// <summary>A value in plain form.</summary>
    /// <exception cref="CanonicalFormException">It has none; the message names the path.</exception>
    public static void Plain(JsonBuffer json, object? value) => json.Raw(Plain(value).Written);

    /// <inheritdoc cref="Plain(JsonBuffer, object?)"/>
    public static JsonBuffer Plain(object? value)
    {
        var writer = new CanonicalWriter(canonical: false, Files);
        writer.Value(value);
        return writer.Json;
    }
}
