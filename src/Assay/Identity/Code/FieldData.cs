using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Reads the data that the image contains for a field: array initialisers, <c>u8</c> literals, constant spans.</summary>
internal static class FieldData
{
    /// <summary>Returns the length and the hash of the data; null for a field without data, which is referred to by name.</summary>
    public static string? Of(FieldInfo field)
    {
        if (!field.IsStatic || (field.Attributes & FieldAttributes.HasFieldRVA) == 0) return null;
        byte[] content = new byte[SizeOf(field.FieldType)];
        RuntimeHelpers.InitializeArray(content, field.FieldHandle);
        return $"{Invariant.Number(content.Length)}:{CodeHash.OfMember(content)}";
    }

    private static int SizeOf(Type type) => type.StructLayoutAttribute is { Size: > 0 } layout ? layout.Size : Marshal.SizeOf(type);
}
