using System.Text.Json;

namespace Assay.Tables.Parquet;

/// <summary>Makes columns out of the flattened tree of schema elements.</summary>
internal static class SchemaReader
{
    private const long Millis = 1_000, Micros = 1_000_000, Nanos = 1_000_000_000;

    public static ParquetLeaf[] Leaves(ThriftStruct file)
    {
        IReadOnlyList<ThriftStruct> elements = file.Structs(2);
        if (elements.Count == 0) throw file.Fault("the schema is empty");
        Dictionary<string, string> types = AssayTypes(file);
        var names = new UniqueNames();
        var leaves = new ParquetLeaf[elements.Count - 1];
        for (int i = 0; i < leaves.Length; i++)
        {
            ThriftStruct element = elements[i + 1];
            string name = names.Add(element.Text(4), i);
            if (element.Number(5, 0) > 0 || element.Number(3, 0) == 2)
                throw new TableException($"Column '{name}' is nested, which is not supported; write nested values as JSON text.") { ByteOffset = element.Offset };
            leaves[i] = Leaf(name, element, types.GetValueOrDefault(name));
        }

        return leaves;
    }

    private static ParquetLeaf Leaf(string name, ThriftStruct element, string? type)
    {
        if (!Enum.IsDefined((PhysicalType)element.Number(1))) throw element.Fault($"column '{name}' has the unknown type {element.Number(1)}");
        var leaf = new ParquetLeaf(name, (PhysicalType)element.Number(1), (int)element.Number(2, 0), element.Number(3, 0) == 1, Meaning.Binary);
        if (leaf.Physical == PhysicalType.FixedBytes && leaf.Length is < 1 or > 1 << 20) throw element.Fault($"values have {leaf.Length} bytes");
        if (leaf.Physical == PhysicalType.Int64 && TimeUnits.TryNote(type, out ColumnType time, out long units))
            return leaf with { Meaning = time == ColumnType.Duration ? Meaning.Duration : Meaning.Timestamp, UnitsPerSecond = units };
        ParquetLeaf known = element.TryStruct(10) is { } logical ? Logical(leaf, logical, element) : Converted(leaf, element);
        return known.Meaning == Meaning.Binary ? known with { Meaning = Plain(leaf.Physical), UnitsPerSecond = TimeSpan.TicksPerSecond } : known;
    }

    private static ParquetLeaf Logical(ParquetLeaf leaf, ThriftStruct logical, ThriftStruct element) =>
        logical.Has(1) || logical.Has(4) ? leaf with { Meaning = Meaning.Text }
        : logical.TryStruct(5) is { } number ? leaf with { Meaning = Meaning.Decimal, Scale = (int)number.Number(1, 0) }
        : logical.Has(6) ? leaf with { Meaning = Meaning.Date }
        : logical.TryStruct(7) is { } time ? leaf with { Meaning = Meaning.Duration, UnitsPerSecond = Unit(time.Struct(2)) }
        : logical.TryStruct(8) is { } stamp ? leaf with { Meaning = Meaning.Timestamp, UnitsPerSecond = Unit(stamp.Struct(2)) }
        : logical.TryStruct(10) is { } whole ? leaf with { Meaning = whole.Flag(2, true) ? Meaning.Integer : Meaning.Unsigned }
        : logical.Has(12) ? leaf with { Meaning = Meaning.Json }
        : logical.Has(14) ? leaf with { Meaning = Meaning.Uuid }
        : logical.Has(15) && leaf is { Physical: PhysicalType.FixedBytes, Length: 2 } ? leaf with { Meaning = Meaning.Half }
        : Converted(leaf, element);

    private static ParquetLeaf Converted(ParquetLeaf leaf, ThriftStruct element) => element.Number(6, -1) switch
    {
        0 or 4 => leaf with { Meaning = Meaning.Text },
        5 => leaf with { Meaning = Meaning.Decimal, Scale = (int)element.Number(7, 0) },
        6 => leaf with { Meaning = Meaning.Date },
        7 => leaf with { Meaning = Meaning.Duration, UnitsPerSecond = Millis },
        8 => leaf with { Meaning = Meaning.Duration, UnitsPerSecond = Micros },
        9 => leaf with { Meaning = Meaning.Timestamp, UnitsPerSecond = Millis },
        10 => leaf with { Meaning = Meaning.Timestamp, UnitsPerSecond = Micros },
        >= 11 and <= 14 => leaf with { Meaning = Meaning.Unsigned },
        19 => leaf with { Meaning = Meaning.Json },
        _ => leaf,
    };

    private static Meaning Plain(PhysicalType type) => type switch
    {
        PhysicalType.Boolean => Meaning.Boolean,
        PhysicalType.Int32 or PhysicalType.Int64 => Meaning.Integer,
        PhysicalType.Int96 => Meaning.Timestamp,
        PhysicalType.Float or PhysicalType.Double => Meaning.Number,
        _ => Meaning.Binary,
    };

    private static long Unit(ThriftStruct unit) => unit.Has(1) ? Millis : unit.Has(2) ? Micros : Nanos;

    private static Dictionary<string, string> AssayTypes(ThriftStruct file)
    {
        ThriftStruct? entry = file.Structs(5).FirstOrDefault(pair => pair.Has(2) && pair.Text(1) == ParquetWriter.TypesKey);
        try
        {
            return entry is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Text(2)) ?? [];
        }
        catch (JsonException)
        {
            throw entry!.Fault($"the metadata {ParquetWriter.TypesKey} is no JSON object");
        }
    }
}
