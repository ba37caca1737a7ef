namespace Assay.Tables.Arrow;

/// <summary>A schema as a flatbuffer.</summary>
internal static class SchemaWriter
{
    public static FlatNode Node(ArrowSchema schema) => new(null, Fields(schema.Fields), Pairs(schema.Metadata));

    private static FlatNodes Fields(IReadOnlyList<ArrowField> fields) => new([.. fields.Select(Field)]);

    private static FlatNode Field(ArrowField field) => new(
        new FlatText(field.Name),
        FlatNumber.Byte(1),
        FlatNumber.Byte((int)field.Type.Kind),
        Type(field.Type),
        field.Dictionary is { } encoding ? Encoding(encoding) : null,
        Fields(field.Children),
        Pairs(field.Metadata));

    private static FlatNode Encoding(ArrowEncoding encoding) =>
        new(FlatNumber.Int64(encoding.Id), Type(encoding.Index), FlatNumber.Byte(encoding.IsOrdered ? 1 : 0));

    private static FlatNode Type(ArrowType type) => type.Kind switch
    {
        ArrowKind.Int => new(FlatNumber.Int32(type.Width), FlatNumber.Byte(type.IsSigned ? 1 : 0)),
        ArrowKind.Float => new(FlatNumber.Int16(type.Width switch { 16 => 0, 32 => 1, _ => 2 })),
        ArrowKind.FixedBinary => new(FlatNumber.Int32(type.Width / 8)),
        ArrowKind.Timestamp => new(Unit(type), type.TimeZone is { } zone ? new FlatText(zone) : null),
        ArrowKind.Duration => new(Unit(type)),
        ArrowKind.Bool or ArrowKind.Utf8 or ArrowKind.LargeUtf8 => new(),
        _ => throw new NotSupportedException($"Fields of type {type.Kind} are not written."),
    };

    private static FlatNumber Unit(ArrowType type) => FlatNumber.Int16(type.UnitsPerSecond switch { 1 => 0, 1000 => 1, 1_000_000 => 2, _ => 3 });

    private static FlatNodes? Pairs(IReadOnlyDictionary<string, string> pairs) => pairs.Count == 0
        ? null
        : new([.. pairs.Select(pair => new FlatNode(new FlatText(pair.Key), new FlatText(pair.Value)))]);
}
