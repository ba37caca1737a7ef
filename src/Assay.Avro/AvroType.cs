using System.Globalization;
using System.Text.Json.Nodes;
using Avro;

namespace Assay.Avro;

/// <summary>The meaning of the values of a type.</summary>
internal enum AvroMeaning
{
    Plain,
    Date,
    Timestamp,
    Duration,
    Period,
    Decimal,
    Uuid,
}

/// <summary>A type of a schema. A class and not a record: a type may hold itself.</summary>
internal sealed class AvroType
{
    private AvroType(Schema schema) => Schema = schema;

    public Schema Schema { get; }

    public AvroMeaning Meaning { get; private set; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; private set; }

    /// <summary>Digits of a decimal behind its point.</summary>
    public int Scale { get; private set; }

    /// <summary>The fields of a record, the branches of a union, or the item of an array or a map.</summary>
    public AvroType[] Parts { get; private set; } = [];

    public bool IsNested => Schema.Tag is Schema.Type.Array or Schema.Type.Map or Schema.Type.Record or Schema.Type.Error;

    /// <summary>The names of an enum's values, or of a record's fields.</summary>
    public string[] Names { get; private set; } = [];

    public static AvroType Parse(string json) => Of(LenientSchema.Parse(json), new(ReferenceEqualityComparer.Instance));

    /// <summary>A property of a field, as text; null where there is none.</summary>
    public static string? Property(Field field, string key) =>
        field.GetProperty(key) is { } json && JsonNode.Parse(json) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static AvroType Of(Schema schema, Dictionary<Schema, AvroType> known)
    {
        if (known.TryGetValue(schema, out AvroType? type)) return type;
        type = new AvroType(schema);
        if (schema is RecordSchema) known.Add(schema, type);
        type.SetMeaning(schema.GetProperty(LenientSchema.LogicalKey)?.Trim('"'));
        type.Names = schema switch
        {
            RecordSchema record => [.. record.Fields.Select(field => Property(field, AvroSchemaText.NameKey) ?? field.Name)],
            EnumSchema =>
                [.. JsonNode.Parse(schema.GetProperty(LenientSchema.SymbolsKey))!.AsArray().Select(symbol => symbol!.GetValue<string>())],
            _ => [],
        };
        type.Parts = schema switch
        {
            RecordSchema record => [.. record.Fields.Select(field => Of(field.Schema, known))],
            UnionSchema { Count: 0 } => throw new InvalidDataException("a union of the schema is empty"),
            UnionSchema union => [.. union.Schemas.Select(branch => Of(branch, known))],
            ArraySchema array => [Of(array.ItemSchema, known)],
            MapSchema map => [Of(map.ValueSchema, known)],
            _ => [],
        };
        return type;
    }

    // Times of unknown zone (local-timestamp) count as UTC.
    private void SetMeaning(string? word)
    {
        const long Millis = 1_000, Micros = 1_000_000, Nanos = 1_000_000_000;
        int size = (Schema as FixedSchema)?.Size ?? 0;
        (Meaning, UnitsPerSecond) = (Schema.Tag, word) switch
        {
            (Schema.Type.Int, "date") => (AvroMeaning.Date, 0L),
            (Schema.Type.Int, "time-millis") => (AvroMeaning.Duration, Millis),
            (Schema.Type.Long, "time-micros") => (AvroMeaning.Duration, Micros),
            (Schema.Type.Long, "timestamp-millis" or "local-timestamp-millis") => (AvroMeaning.Timestamp, Millis),
            (Schema.Type.Long, "timestamp-micros" or "local-timestamp-micros") => (AvroMeaning.Timestamp, Micros),
            (Schema.Type.Long, "timestamp-nanos" or "local-timestamp-nanos") => (AvroMeaning.Timestamp, Nanos),
            (Schema.Type.Fixed, "duration") when size == 12 => (AvroMeaning.Period, 0),
            (Schema.Type.Fixed, "uuid") when size == 16 => (AvroMeaning.Uuid, 0),
            (Schema.Type.Fixed or Schema.Type.Bytes, "decimal") when TryScale() => (AvroMeaning.Decimal, 0),
            _ => default,
        };
    }

    private bool TryScale()
    {
        string scale = Schema.GetProperty("scale") ?? "0";
        bool isNumber = int.TryParse(scale, NumberStyles.None, CultureInfo.InvariantCulture, out int digits);
        Scale = digits;
        return isNumber;
    }
}
