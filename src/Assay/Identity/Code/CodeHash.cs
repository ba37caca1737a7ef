using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assay;

/// <summary>The two lengths of hash a code fingerprint uses.</summary>
internal static class CodeHash
{
    /// <summary>16 hex digits, for one member: told apart from its own earlier forms only.</summary>
    public static string OfMember(string text) => Hex(Bytes(text), 8);

    /// <summary>16 hex digits, for data that is no text.</summary>
    public static string OfMember(ReadOnlySpan<byte> data) => Hex(data, 8);

    /// <summary>32 hex digits, for the fingerprint.</summary>
    public static string OfWhole(string text) => Hex(Bytes(text), 16);

    // A string literal may hold a lone surrogate; an encoding would turn all of those into the same replacement character.
    private static ReadOnlySpan<byte> Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan());

    private static string Hex(ReadOnlySpan<byte> data, int length) => Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, length));
}
