using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Assay.Storage;

/// <summary>The content of an artifact in a backend.</summary>
/// <param name="Sha256">Its address: the SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last put, in UTC.</param>
public readonly record struct StoredArtifact(string Sha256, long Size, DateTimeOffset WrittenAt)
{
    /// <summary>Whether a text is 64 lower-case hexadecimal digits; asked before a path, a key or a query is made of it.</summary>
    public static bool IsAddress([NotNullWhen(true)] string? text) => ArtifactAddress.TryParse(text) is not null;
}

/// <summary>A SHA-256 in 32 bytes, because a store may hold millions of them.</summary>
internal readonly record struct ArtifactAddress(UInt128 High, UInt128 Low)
{
    /// <summary>Null for anything but 64 lower-case hexadecimal digits.</summary>
    public static ArtifactAddress? TryParse(string? hex)
    {
        if (hex is not { Length: 64 } || hex.Any(c => !char.IsAsciiHexDigitLower(c))) return null;
        return new ArtifactAddress(Parse(hex.AsSpan(0, 32)), Parse(hex.AsSpan(32)));
    }

    public override string ToString() => Fingerprint.Hex(High) + Fingerprint.Hex(Low);

    private static UInt128 Parse(ReadOnlySpan<char> hex) =>
        UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
