namespace Assay.Tests;

/// <summary>Canonical forms as text.</summary>
internal static class Form
{
    public static string Of(object? value)
    {
        var writer = new CanonicalWriter(canonical: true, new FileHasher(TimeProvider.System));
        writer.Value(value);
        return writer.Json.ToString();
    }

    public static string Plain(object? value)
    {
        var writer = new CanonicalWriter(canonical: false, new FileHasher(TimeProvider.System));
        writer.Value(value);
        return writer.Json.ToString();
    }
}
