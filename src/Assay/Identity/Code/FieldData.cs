using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>The bytes behind a field that the compiler placed in the image: array initialisers, <c>u8</c> literals, constant spans.</summary>
internal static class FieldData
{
    /// <summary>A hash of the field's content; null when it has none and goes by its name.</summary>
    public static string? Of(FieldInfo field)
    {
        if (!field.IsStatic || (field.Attributes & FieldAttributes.HasFieldRVA) == 0) return null;
        byte[] content = new byte[SizeOf(field.FieldType)];
        RuntimeHelpers.InitializeArray(content, field.FieldHandle);
        return $"{Invariant.Number(content.Length)}:{CodeHash.OfMember(content)}";
    }

    private static int SizeOf(Type type) => type.StructLayoutAttribute is { Size: > 0 } layout ? layout.Size : Marshal.SizeOf(type);
}
