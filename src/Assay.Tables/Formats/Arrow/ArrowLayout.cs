namespace Assay.Tables.Arrow;

/// <summary>How many buffers a type has, and how large they are at least.</summary>
internal static class ArrowLayout
{
    public static bool IsView(ArrowType type) => type.Kind is ArrowKind.Utf8View or ArrowKind.BinaryView;

    public static int BufferCount(ArrowType type) => type.Kind switch
    {
        ArrowKind.Null => 0,
        ArrowKind.Struct or ArrowKind.FixedList => 1,
        ArrowKind.Utf8 or ArrowKind.LargeUtf8 or ArrowKind.Binary or ArrowKind.LargeBinary => 3,
        _ => 2,
    };

    public static void Check(ArrowSource source, ArrowField field, ArrowType type, int length, ArrowBuffer[] buffers)
    {
        if (type.Kind == ArrowKind.Null || (type.Kind == ArrowKind.FixedBinary && type.Width == 0)) source.AddWithoutBytes(field.Name, length);
        if (buffers.Length == 0 || length == 0) return;
        bool hasBitmap = buffers[0].Length > 0;
        if (hasBitmap) Require(field, buffers[0], (length + 7L) / 8);
        if (type.Kind is ArrowKind.Utf8 or ArrowKind.LargeUtf8 or ArrowKind.Binary or ArrowKind.LargeBinary or ArrowKind.List or ArrowKind.LargeList or ArrowKind.Map)
            Require(field, buffers[1], (length + 1L) * (type.IsLarge ? 8 : 4));
        else if (IsView(type)) Require(field, buffers[1], length * 16L);
        else if (buffers.Length > 1) Require(field, buffers[1], ((long)length * type.Width + 7) / 8);
    }

    /// <summary>Lists of fixed size need that many items; the parts of a struct are as long as it is.</summary>
    public static void CheckChildren(ArrowSource source, ArrowField field, int length, ArrowArray[] children)
    {
        if (field.Type.Kind == ArrowKind.Struct && children.Length == 0) source.AddWithoutBytes(field.Name, length);
        if (field.Type.Kind == ArrowKind.FixedList && field.Type.ListSize == 0) source.AddWithoutBytes(field.Name, length);
        long needed = field.Type.Kind switch { ArrowKind.Struct => length, ArrowKind.FixedList => (long)length * field.Type.ListSize, _ => 0 };
        foreach (ArrowArray child in children)
            if (child.Length < needed) throw ArrowSource.Fault(child.Offset, $"field '{field.Name}' needs {needed} values in '{child.Field.Name}', which has {child.Length}");
    }

    private static void Require(ArrowField field, ArrowBuffer buffer, long needed)
    {
        if (buffer.Length < needed) throw ArrowSource.Fault(buffer.Offset, $"field '{field.Name}' needs a buffer of {needed} bytes, but it has {buffer.Length}");
    }
}
