using System.Text.Json.Nodes;
using Assay.Tables;

namespace Assay.Avro;

/// <summary>The form of the values of a type.</summary>
internal enum AvroKind { Null, Boolean, Int, Long, Float, Double, Bytes, String, Enum, Fixed, Array, Map, Record, Union }

/// <summary>The meaning of the values of a type.</summary>
internal enum AvroMeaning { Plain, Date, Timestamp, Duration, Period, Decimal, Uuid }

/// <summary>A type of a schema. A class and not a record: a type may hold itself.</summary>
internal sealed class AvroType(AvroKind kind)
{
    public AvroKind Kind => kind;

    public AvroMeaning Meaning { get; private set; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; private set; }

    /// <summary>Digits of a decimal behind its point.</summary>
    public int Scale { get; private set; }

    /// <summary>Bytes of a fixed value.</summary>
    public int Size { get; init; }

    /// <summary>The fields of a record, the branches of a union, or the item of an array or a map.</summary>
    public AvroType[] Parts { get; set; } = [];

    /// <summary>The names of an enum's values, or of a record's fields.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>What a note beside each field of a record says of its values; null where there is none.</summary>
    public string?[] Notes { get; init; } = [];

    public bool IsNested => kind is AvroKind.Array or AvroKind.Map or AvroKind.Record;

    /// <summary>Takes the meaning of a logical type; one that does not fit the type has none. Times of unknown zone are UTC.</summary>
    public AvroType Meant(string? word, JsonNode? scale)
    {
        (Meaning, UnitsPerSecond) = (kind, word) switch
        {
            (AvroKind.Int, "date") => (AvroMeaning.Date, 0L),
            (AvroKind.Int, "time-millis") => (AvroMeaning.Duration, 1_000),
            (AvroKind.Long, "time-micros") => (AvroMeaning.Duration, TimeUnits.Micros),
            (AvroKind.Long, "timestamp-millis" or "local-timestamp-millis") => (AvroMeaning.Timestamp, 1_000),
            (AvroKind.Long, "timestamp-micros" or "local-timestamp-micros") => (AvroMeaning.Timestamp, TimeUnits.Micros),
            (AvroKind.Long, "timestamp-nanos" or "local-timestamp-nanos") => (AvroMeaning.Timestamp, TimeUnits.Nanos),
            (AvroKind.Fixed, "duration") when Size == 12 => (AvroMeaning.Period, 0),
            (AvroKind.Fixed, "uuid") when Size == 16 => (AvroMeaning.Uuid, 0),
            (AvroKind.Fixed or AvroKind.Bytes, "decimal") when TryScale(scale) => (AvroMeaning.Decimal, 0),
            _ => default,
        };
        return this;
    }

    private bool TryScale(JsonNode? node)
    {
        int digits = 0;
        bool isNumber = node is null || node is JsonValue value && value.TryGetValue(out digits) && digits >= 0;
        Scale = digits;
        return isNumber;
    }
}

/// <summary>
/// Reads the schema of a file, and not with the library: that refuses names that the format does not allow but other programs write, and
/// logical types that do not fit their type.
/// </summary>
internal sealed class AvroSchemaReader
{
    private readonly Dictionary<string, AvroType> _named = new(StringComparer.Ordinal);

    public static AvroType Parse(string json) => new AvroSchemaReader().Read(JsonNode.Parse(json), space: "");

    /// <summary>A type, whose names are of a namespace.</summary>
    private AvroType Read(JsonNode? node, string space) => node switch
    {
        JsonArray { Count: 0 } => throw new InvalidDataException("a union of the schema is empty"),
        JsonArray branches => new AvroType(AvroKind.Union) { Parts = [.. branches.Select(branch => Read(branch, space))] },
        JsonObject type => Read(type, space),
        _ when Text(node) is { } name => Primitive(name) ?? _named.GetValueOrDefault(Full(name, space)) ?? _named.GetValueOrDefault(name)
            ?? throw new InvalidDataException($"the schema has no type '{name}'"),
        _ => throw new InvalidDataException($"'{node?.ToJsonString() ?? "null"}' is no type of a schema"),
    };

    private AvroType Read(JsonObject type, string space)
    {
        switch (Text(type["type"]))
        {
            case "array": return new AvroType(AvroKind.Array) { Parts = [Read(type["items"], space)] };
            case "map": return new AvroType(AvroKind.Map) { Parts = [Read(type["values"], space)] };
            case "record" or "error": return Record(type, space);
            case "enum":
                string[] symbols = [.. List(type, "symbols").Select(symbol => symbol!.GetValue<string>())];
                return Define(type, space, new AvroType(AvroKind.Enum) { Names = symbols });
            case "fixed":
                if (type["size"] is not JsonValue size || !size.TryGetValue(out int bytes) || bytes < 0)
                    throw new InvalidDataException($"a fixed type of the schema has the size '{type["size"]}'");
                AvroType known = Define(type, space, new AvroType(AvroKind.Fixed) { Size = bytes });
                return known.Meant(Text(type["logicalType"]), type["scale"]);
            case { } name when Primitive(name) is { } primitive: return primitive.Meant(Text(type["logicalType"]), type["scale"]);
            default: return Read(type["type"], space);
        }
    }

    private AvroType Record(JsonObject type, string space)
    {
        JsonObject[] fields = [.. List(type, "fields").Select(field => field!.AsObject())];
        AvroType record = Define(type, space, new AvroType(AvroKind.Record)
        {
            Names = Array.ConvertAll(fields, f => Text(f[AvroSchemaText.NameKey]) ?? Text(f["name"])
                ?? throw new InvalidDataException("a field of the schema has no name")),
            Notes = Array.ConvertAll(fields, f => Text(f[AvroSchemaText.TypeKey])),
        });
        string full = FullName(type, space), inner = full[..Math.Max(0, full.LastIndexOf('.'))];
        record.Parts = Array.ConvertAll(fields, field => Read(field["type"], inner));
        return record;
    }

    private AvroType Define(JsonObject type, string space, AvroType defined) => _named[FullName(type, space)] = defined;

    private static string FullName(JsonObject type, string space) => Full(Text(type["name"]) ?? "", Text(type["namespace"]) ?? space);

    private static string Full(string name, string space) => space.Length == 0 || name.Contains('.') ? name : $"{space}.{name}";

    private static JsonArray List(JsonObject type, string key) =>
        type[key] as JsonArray ?? throw new InvalidDataException($"a type '{type["type"]}' of the schema has no {key}");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static AvroType? Primitive(string name) =>
        name is "null" or "boolean" or "int" or "long" or "float" or "double" or "bytes" or "string"
            ? new AvroType(Enum.Parse<AvroKind>(name, ignoreCase: true))
            : null;
}
