using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assay;

/// <summary>The hashes of code fingerprints.</summary>
internal static class CodeHash
{
    /// <summary>The hash of one member, 16 hex digits. It has to differ only from other forms of the same member.</summary>
    public static string OfMember(string text) => Hex(Bytes(text), 8);

    /// <inheritdoc cref="OfMember(string)"/>
    public static string OfMember(ReadOnlySpan<byte> data) => Hex(data, 8);

    /// <summary>The hash of all members, 32 hex digits.</summary>
    public static string OfFingerprint(string text) => Hex(Bytes(text), 16);

    // UTF-16, because UTF-8 has the same replacement character for all lone surrogates in string literals.
    private static ReadOnlySpan<byte> Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan());

    private static string Hex(ReadOnlySpan<byte> data, int length) => Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, length));
}
