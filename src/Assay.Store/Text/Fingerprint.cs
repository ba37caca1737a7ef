using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>A hash that decides identity: the first 128 bits of SHA-256 over canonical JSON.</summary>
internal static class Fingerprint
{
    public static UInt128 Of(ReadOnlySpan<byte> canonical)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    public static string Hex(UInt128 value) => value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<byte> hex, out UInt128 value)
    {
        value = default;
        return hex.Length == 32 && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParse(string hex, out UInt128 value)
    {
        value = default;
        return hex.Length == 32 && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
