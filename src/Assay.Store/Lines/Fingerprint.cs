using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Assay.Journals;

/// <summary>A hash that decides identity: the first 128 bits of SHA-256 over canonical JSON.</summary>
public static class Fingerprint
{
    /// <summary>The fingerprint of canonical bytes.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> canonical)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public static string Hex(UInt128 value) => value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out UInt128 value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[16];
        if (hex.Length != 32 || Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done) return false;
        value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(string hex, out UInt128 value)
    {
        value = default;
        return hex.Length == 32 && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
