namespace Assay.Tables.Arrow;

/// <summary>A schema from a flatbuffer.</summary>
internal static class SchemaReader
{
    private const int DeepestNesting = 64;

    public static ArrowSchema Read(FlatTable schema)
    {
        if (schema.Number(0, 2) != 0) throw schema.Unsupported("numbers are big-endian, which is not supported; write the file on a little-endian machine");
        return new ArrowSchema(Fields(schema.Vector(1, 4), depth: 0), schema.Pairs(2));
    }

    private static ArrowField[] Fields(FlatVector fields, int depth)
    {
        var read = new ArrowField[fields.Count];
        for (int i = 0; i < read.Length; i++) read[i] = Field(fields.Table(i), depth);
        return read;
    }

    private static ArrowField Field(FlatTable field, int depth)
    {
        if (depth > DeepestNesting) throw field.Fault($"fields are nested more than {DeepestNesting} levels deep");
        string name = field.Text(0) ?? "";
        var kind = (ArrowKind)(byte)field.Number(2, 1);
        IReadOnlyDictionary<string, string> metadata = field.Pairs(6);
        ArrowType type = Noted(Type(kind, field.Table(3), name), metadata.GetValueOrDefault(ArrowField.TypeKey));
        var read = new ArrowField(name, type)
        {
            Dictionary = field.Has(4) ? Encoding(field.Table(4)) : null,
            Children = Fields(field.Vector(5, 4), depth + 1),
            Metadata = metadata,
        };
        int children = type.Kind is ArrowKind.Struct ? read.Children.Count : type.IsNested ? 1 : 0;
        return read.Children.Count == children ? read : throw field.Fault($"field '{name}' of type {kind} has {read.Children.Count} parts, not {children}");
    }

    /// <summary>Times in the ticks of .NET are whole numbers with a note, for Arrow has no such unit.</summary>
    private static ArrowType Noted(ArrowType type, string? note) =>
        type is not { Kind: ArrowKind.Int, Width: 64, IsSigned: true } || !TimeUnits.TryNote(note, out ColumnType time, out long units) ? type
        : time == ColumnType.Duration ? ArrowType.Duration(units)
        : ArrowType.Timestamp(units, "UTC");

    private static ArrowEncoding Encoding(FlatTable encoding)
    {
        ArrowType index = encoding.Has(1) ? Type(ArrowKind.Int, encoding.Table(1), "index") : ArrowType.Int32;
        return new ArrowEncoding(encoding.Int64(0), index, encoding.Flag(2));
    }

    private static ArrowType Type(ArrowKind kind, FlatTable type, string name) => kind switch
    {
        ArrowKind.Int => ArrowType.Int(OneOf(type, type.Int32(0), 8, 16, 32, 64), type.Flag(1)),
        ArrowKind.Float => ArrowType.Float(16 << OneOf(type, type.Number(0, 2), 0, 1, 2)),
        ArrowKind.Bool => ArrowType.Bool,
        ArrowKind.Decimal => new(kind) { Width = OneOf(type, type.Int32(2, 128), 32, 64, 128, 256), Scale = type.Int32(1) },
        ArrowKind.Date => type.Number(0, 2, 1) == 0 ? new(kind) { Width = 32 } : new(kind) { Width = 64, UnitsPerSecond = 1000 },
        ArrowKind.Time => new(kind) { Width = OneOf(type, type.Int32(1, 32), 32, 64), UnitsPerSecond = Unit(type, 1) },
        ArrowKind.Timestamp => ArrowType.Timestamp(Unit(type, 0), type.Text(1)),
        ArrowKind.Duration => ArrowType.Duration(Unit(type, 1)),
        ArrowKind.FixedBinary => ArrowType.FixedBinary(InRange(type, type.Int32(0), int.MaxValue / 8)),
        ArrowKind.FixedList => new(kind) { ListSize = InRange(type, type.Int32(0), int.MaxValue) },
        ArrowKind.Null or ArrowKind.Binary or ArrowKind.Utf8 or ArrowKind.LargeBinary or ArrowKind.LargeUtf8 or ArrowKind.BinaryView or ArrowKind.Utf8View
            or ArrowKind.List or ArrowKind.LargeList or ArrowKind.Map or ArrowKind.Struct => new(kind),
        ArrowKind.Union or ArrowKind.Interval or ArrowKind.RunEndEncoded or ArrowKind.ListView or ArrowKind.LargeListView =>
            throw type.Unsupported($"column '{name}' is of type {kind}, which is not supported; write it as plain values, text, a list or a struct"),
        _ => throw type.Fault($"field '{name}' is of the unknown type {(int)kind}"),
    };

    private static long Unit(FlatTable type, int fallback) => OneOf(type, type.Number(0, 2, fallback), 0, 1, 2, 3) switch { 0 => 1, 1 => 1000, 2 => 1_000_000, _ => 1_000_000_000 };

    private static int OneOf(FlatTable type, long value, params ReadOnlySpan<int> allowed) =>
        value is >= 0 and <= int.MaxValue && allowed.Contains((int)value) ? (int)value : throw type.Fault($"a type has the parameter {value}, which is none of {string.Join(", ", allowed.ToArray())}");

    private static int InRange(FlatTable type, int value, int largest) =>
        value >= 0 && value <= largest ? value : throw type.Fault($"a type has the size {value}");
}
